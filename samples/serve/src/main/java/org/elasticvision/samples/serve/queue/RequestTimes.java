package org.elasticvision.samples.serve.queue;

import com.google.gson.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.elasticvision.runtime.StageTimes;
import org.elasticvision.samples.serve.body.Body;
import org.elasticvision.samples.serve.http.Stage;

/** How long each stage of one request took: the request's thread and those that run its images add to it. Thread-safe. */
public final class RequestTimes {
    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    private final long start;

    /** Begins now. */
    public RequestTimes() {
        start = System.nanoTime();
    }

    /** Began when the body of a request, which is there by now, began to be read. */
    public RequestTimes(Body body) {
        start = System.nanoTime() - body.nanos();
        add(Stage.UPLOAD, body.nanos());
    }

    public <T> T measure(Stage stage, Supplier<T> work) {
        long from = System.nanoTime();
        try {
            return work.get();
        } finally {
            add(stage, System.nanoTime() - from);
        }
    }

    public synchronized void add(Stage stage, long duration) {
        nanos.merge(stage, duration, Long::sum);
    }

    /** What a call of the runtime took, for the whole batch: each of its images waits for the others. */
    public void add(StageTimes call) {
        add(Stage.DECODE, call.decode());
        add(Stage.PREPROCESS, call.preprocess());
        add(Stage.INFERENCE, call.inference());
        add(Stage.POSTPROCESS, call.postprocess());
    }

    /** Nanoseconds per stage that took place, in their order. */
    public synchronized Map<Stage, Long> nanos() {
        return nanos.isEmpty() ? Map.of() : new EnumMap<>(nanos);
    }

    /** Nanoseconds since the request came. */
    public long totalNanos() {
        return System.nanoTime() - start;
    }

    /** Milliseconds: a member per stage and {@code total}. */
    public JsonObject toJson() {
        JsonObject object = new JsonObject();
        nanos().forEach((stage, time) -> object.addProperty(stage.id(), milliseconds(time)));
        object.addProperty("total", milliseconds(totalNanos()));
        return object;
    }

    private static double milliseconds(long nanos) {
        return Math.round(nanos / 1e4) / 100.0;
    }
}
