package org.elasticvision.runtime.engine.onnx.file;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.NodeTime;

/**
 * Reads what ONNX Runtime's profiler writes: a JSON array of events in Chrome's trace format. A node's run is an event of
 * the category {@code Node} whose name ends in {@code _kernel_time}, its duration in microseconds.
 */
public final class OnnxProfile {
    private static final String KERNEL = "_kernel_time";

    private OnnxProfile() {}

    /**
     * {@return the median time of each node, the most expensive first}
     *
     * @param file what the profiler wrote
     * @param skip so many runs of each node at the start are not counted
     * @throws ElasticVisionException if it is damaged
     * @throws IOException if it cannot be read
     */
    public static List<NodeTime> read(Path file, int skip) throws IOException {
        Map<NodeTime, List<Double>> times = new LinkedHashMap<>(); // by name and operator, the time still 0
        try (Reader reader = Files.newBufferedReader(file)) {
            for (JsonElement element : JsonParser.parseReader(reader).getAsJsonArray()) {
                JsonObject event = element.getAsJsonObject();
                if (isKernel(event)) {
                    times.computeIfAbsent(node(event), node -> new ArrayList<>())
                            .add(event.get("dur").getAsDouble() / 1000);
                }
            }
        } catch (JsonParseException | IllegalStateException e) {
            throw new ElasticVisionException(
                    "the profile that ONNX Runtime wrote cannot be read: " + e.getMessage(), e);
        }
        return times.entrySet().stream()
                .filter(entry -> entry.getValue().size() > skip)
                .map(entry -> new NodeTime(
                        entry.getKey().node(),
                        entry.getKey().operator(),
                        median(entry.getValue().subList(skip, entry.getValue().size()))))
                .sorted(Comparator.comparingDouble(NodeTime::milliseconds).reversed())
                .toList();
    }

    private static boolean isKernel(JsonObject event) {
        return event.has("cat")
                && event.get("cat").getAsString().equals("Node")
                && event.get("name").getAsString().endsWith(KERNEL);
    }

    private static NodeTime node(JsonObject event) {
        String name = event.get("name").getAsString();
        String operator = event.getAsJsonObject("args").get("op_name").getAsString();
        return new NodeTime(name.substring(0, name.length() - KERNEL.length()), operator, 0);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
