package org.elasticvision.samples.serve.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpStatus;
import org.elasticvision.runtime.batching.BatcherOptions;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.RequestRefused;
import org.elasticvision.samples.serve.model.ServedModel;

/**
 * Which model has which name at present. It owns the models. A name gets another model in one step: a request that has a lease
 * keeps the model of its lease until it is answered. Thread-safe.
 */
public final class ServedModels implements AutoCloseable {
    private static final int MOST_WAITING = 1 << 20;

    /** After its timeout a request still has to be answered. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final BatcherOptions options;
    private final Semaphore turns;
    private final Duration patience;
    private final Map<String, Integer> versions = new LinkedHashMap<>();

    /** Replaced, never changed: readers take no lock. */
    private volatile Map<String, ModelRunner> runners = Map.of();

    private boolean closed;

    public ServedModels(List<ServedModel> models, Limits limits) {
        patience = limits.timeout().plus(GRACE);
        turns = new Semaphore(limits.concurrent());
        long waiting = (long) limits.places() * limits.images();
        options = BatcherOptions.defaults()
                .withWaiting((int) Math.min(MOST_WAITING, waiting))
                .withRunners(limits.concurrent());
        models.forEach(this::put);
    }

    /** A request's hold on a model: it is not closed before the lease is. */
    public static final class Lease implements AutoCloseable {
        private final ModelRunner runner;
        private boolean left;

        private Lease(ModelRunner runner) {
            this.runner = runner;
        }

        public ServedModel model() {
            return runner.model();
        }

        /** Counts the models that had this name, from 1. */
        public int version() {
            return runner.version();
        }

        ModelRunner runner() {
            return runner;
        }

        @Override
        public synchronized void close() {
            if (!left) {
                left = true;
                runner.leave();
            }
        }
    }

    /**
     * Holds the model that has a name at present.
     *
     * @throws RequestRefused 404 where there is none
     */
    public Lease lease(String name) {
        while (true) {
            ModelRunner runner = runners.get(name);
            if (runner == null) {
                throw new RequestRefused(HttpStatus.NOT_FOUND_404, missing(name));
            }
            if (runner.enter()) {
                return new Lease(runner);
            }
            Thread.onSpinWait(); // it was replaced just now
        }
    }

    /** {@return what to say where there is no model of a name} */
    public String missing(String name) {
        String there = names().isEmpty()
                ? "none is at present"
                : "there is " + names().stream().sorted().collect(Collectors.joining(", "));
        return "no model '" + name + "' is served here; " + there;
    }

    /** {@return the names, in the order in which they came} */
    public Collection<String> names() {
        return runners.keySet();
    }

    /** {@return the models, in the order in which they came} They may be replaced at any time: what they say stays true of them. */
    public List<ServedModel> models() {
        return runners.values().stream().map(ModelRunner::model).toList();
    }

    Collection<ModelRunner> runners() {
        return runners.values();
    }

    /**
     * Serves a model under its name. One that has it already takes no more requests, and is closed when those on it are answered;
     * this waits for that.
     *
     * @param model becomes this object's own; closed at once after {@link #close()}
     * @return its version: 1 for the first of its name
     */
    public int put(ServedModel model) {
        ModelRunner old;
        int version;
        synchronized (this) {
            if (closed) {
                model.close();
                return 0;
            }
            version = versions.merge(model.name(), 1, Integer::sum);
            Map<String, ModelRunner> next = new LinkedHashMap<>(runners);
            old = next.put(model.name(), new ModelRunner(model, version, options, turns));
            runners = next;
        }
        Optional.ofNullable(old).ifPresent(runner -> runner.retire(patience));
        return version;
    }

    /** Takes a model away, if there is one of that name, and waits until it is closed, as {@link #put}. */
    public void remove(String name) {
        ModelRunner old;
        synchronized (this) {
            Map<String, ModelRunner> next = new LinkedHashMap<>(runners);
            old = next.remove(name);
            runners = next;
        }
        Optional.ofNullable(old).ifPresent(runner -> runner.retire(patience));
    }

    /** Takes no more requests, waits for those that run, at most as long as one may take, and closes the models. */
    @Override
    public void close() {
        Collection<ModelRunner> all;
        synchronized (this) {
            closed = true;
            all = runners.values();
            runners = Map.of();
        }
        all.forEach(runner -> runner.retire(patience));
    }
}
