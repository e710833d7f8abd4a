package org.elasticvision.runtime.cli.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;
import org.elasticvision.runtime.benchmark.BenchmarkReport;
import org.elasticvision.runtime.benchmark.BenchmarkResult;
import org.elasticvision.runtime.benchmark.Latencies;
import org.elasticvision.runtime.benchmark.Machine;
import org.elasticvision.runtime.benchmark.StageMedians;
import org.elasticvision.runtime.engine.NodeTime;

/** A benchmark's report as JSON: times in milliseconds unless the name says otherwise. */
public final class BenchmarkJson {
    private BenchmarkJson() {}

    public static JsonObject of(BenchmarkReport report) {
        BenchmarkResult result = report.result();
        JsonObject object = new JsonObject();
        object.addProperty("model", report.file().toString());
        object.addProperty("architecture", result.model().architecture());
        object.addProperty("precision", result.model().precision());
        object.addProperty("task", result.model().task().id());
        object.addProperty("provider", report.engine().provider().id());
        result.choice().ifPresent(choice -> object.add("choice", Json.choice(choice)));
        result.observation().ifPresent(seen -> object.add("observed", Json.observation(seen)));
        object.addProperty("goal", report.engine().goal().id());
        object.addProperty("callers", report.load().callers());
        object.addProperty("threadsPerCall", report.engine().effectiveThreads());
        object.addProperty("batch", result.batch());
        object.addProperty("images", result.images());
        object.addProperty("seconds", result.seconds());
        object.addProperty("imagesPerSecond", result.imagesPerSecond());
        object.add("latency", latency(result.latencies()));
        object.add("stages", stages(result.stages()));
        object.addProperty("coldStart", (double) result.coldStart().toMillis());
        object.addProperty("coldStartOf", result.ofCommand() ? "elastic predict" : "this process");
        object.addProperty("load", result.load().toNanos() / 1e6);
        object.addProperty("firstAnswer", result.firstAnswer().toNanos() / 1e6);
        result.peakBytes().ifPresent(bytes -> object.addProperty("peakBytes", bytes));
        object.add("machine", machine(report.machine()));
        if (!report.nodes().isEmpty()) {
            JsonArray nodes = new JsonArray();
            report.nodes().forEach(node -> nodes.add(node(node)));
            object.add("nodes", nodes);
        }
        return object;
    }

    private static JsonObject latency(Latencies latencies) {
        JsonObject object = new JsonObject();
        object.addProperty("mean", latencies.mean());
        object.addProperty("min", latencies.min());
        object.addProperty("p50", latencies.p50());
        object.addProperty("p90", latencies.p90());
        object.addProperty("p99", latencies.p99());
        object.addProperty("max", latencies.max());
        JsonArray histogram = new JsonArray();
        for (Latencies.Bar bar : latencies.bars()) {
            JsonObject one = new JsonObject();
            one.addProperty("above", bar.above());
            one.addProperty("upTo", bar.upTo());
            one.addProperty("calls", bar.calls());
            histogram.add(one);
        }
        object.add("histogram", histogram);
        return object;
    }

    private static JsonObject stages(StageMedians stages) {
        JsonObject object = new JsonObject();
        object.addProperty("decode", stages.decode());
        object.addProperty("preprocess", stages.preprocess());
        object.addProperty("inference", stages.inference());
        object.addProperty("postprocess", stages.postprocess());
        return object;
    }

    private static JsonObject machine(Machine machine) {
        JsonObject object = new JsonObject();
        object.addProperty("processor", machine.processor());
        object.addProperty("cores", machine.cores());
        object.addProperty("system", machine.system());
        object.addProperty("java", machine.java());
        object.addProperty(key(machine.library()), machine.libraryVersion());
        object.addProperty("elastic", machine.tool());
        return object;
    }

    /** Such as {@code onnxRuntime} of ONNX Runtime. */
    private static String key(String name) {
        String[] words = name.split(" ", 2);
        return words[0].toLowerCase(Locale.ROOT) + (words.length == 1 ? "" : words[1].replace(" ", ""));
    }

    private static JsonObject node(NodeTime node) {
        JsonObject object = new JsonObject();
        object.addProperty("name", node.node());
        object.addProperty("operator", node.operator());
        object.addProperty("time", node.milliseconds());
        return object;
    }
}
