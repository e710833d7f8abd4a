package org.elasticvision.runtime.onnx.drawing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.elasticvision.runtime.onnx.layer.GraphLayer;

/**
 * The boxes of a block in rows and lanes: a box is a row below the last of what it takes, and in the lane of what it takes first as long as
 * that is free, so that a branch is one lane. Lanes with larger pictures are further left: of an Elastic block's two resolutions the
 * full one is left.
 */
final class BlockLayout {
    private static final int IMAGE_RANK = 4;

    /** A concatenation of a dense block takes dozens of values: they are one box. */
    private static final int MOST_ENTRANCES = 3;

    /** What flows from one box to another, by their indices. */
    record Flow(int from, int to) {}

    private final DrawnBlock block;
    private final Map<String, GraphLayer> makers;
    private final List<DrawnBox> boxes = new ArrayList<>();
    private final List<Flow> flows = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Integer> waiting = new HashMap<>();
    private final List<Integer> lastInLane = new ArrayList<>();

    /**
     * Places the boxes.
     *
     * @param makers of all values of the network; the inputs have none
     */
    BlockLayout(DrawnBlock block, Map<String, GraphLayer> makers, Map<String, String> inputs) {
        this.block = block;
        this.makers = makers;
        Map<String, GraphLayer> own = new LinkedHashMap<>();
        block.layers().forEach(layer -> layer.values().forEach(value -> own.put(value, layer)));
        for (GraphLayer layer : block.layers()) {
            layer.sources().forEach(source -> waiting.merge(source, 1, Integer::sum));
        }
        for (GraphLayer layer : block.layers()) {
            List<String> outside = layer.sources().stream()
                    .filter(source -> !own.containsKey(source) && !places.containsKey(source))
                    .toList();
            if (outside.size() > MOST_ENTRANCES) {
                place(outside, entranceOfMany(outside), List.of());
            } else {
                outside.forEach(source -> place(List.of(source), entrance(source, inputs), List.of()));
            }
            place(layer.values(), box(layer), layer.sources());
        }
        sortLanes();
    }

    List<DrawnBox> boxes() {
        return boxes;
    }

    List<Flow> flows() {
        return flows;
    }

    int rows() {
        return boxes.stream().mapToInt(DrawnBox::row).max().orElse(0) + 1;
    }

    int lanes() {
        return boxes.stream().mapToInt(DrawnBox::lane).max().orElse(0) + 1;
    }

    private void place(List<String> values, DrawnBox box, List<String> sources) {
        List<Integer> from = sources.stream().map(places::get).distinct().toList();
        int row = from.stream()
                .mapToInt(index -> boxes.get(index).row() + 1)
                .max()
                .orElse(0);
        sources.forEach(source -> waiting.merge(source, -1, Integer::sum));
        int lane = from.stream()
                .map(index -> boxes.get(index).lane())
                .filter(own -> from.contains(lastInLane.get(own)))
                .findFirst()
                .or(() -> finished(row))
                .orElse(lastInLane.size());
        int index = boxes.size();
        if (lane == lastInLane.size()) {
            lastInLane.add(index);
        } else {
            lastInLane.set(lane, index);
        }
        boxes.add(new DrawnBox(box.lines(), box.title(), box.kind(), box.area(), row, lane));
        values.forEach(value -> places.put(value, index));
        from.forEach(source -> flows.add(new Flow(source, index)));
    }

    /** A lane above a row whose last box nobody waits for any more. */
    private Optional<Integer> finished(int row) {
        return IntStream.range(0, lastInLane.size())
                .filter(lane -> {
                    int last = lastInLane.get(lane);
                    return boxes.get(last).row() < row
                            && places.entrySet().stream()
                                    .filter(place -> place.getValue() == last)
                                    .allMatch(place -> waiting.getOrDefault(place.getKey(), 0) <= 0);
                })
                .boxed()
                .findFirst();
    }

    private void sortLanes() {
        Map<Integer, Long> areas = new HashMap<>();
        boxes.forEach(box -> areas.merge(box.lane(), box.area(), Math::min));
        List<Integer> order = areas.keySet().stream()
                .sorted(Comparator.comparing((Integer lane) -> -areas.get(lane)).thenComparing(lane -> lane))
                .toList();
        boxes.replaceAll(box -> box.inLane(order.indexOf(box.lane())));
    }

    private DrawnBox box(GraphLayer layer) {
        String operator = layer.detail().isEmpty() ? layer.operator() : layer.operator() + " " + layer.detail();
        return new DrawnBox(
                List.of(operator, block.inside(layer), shape(layer.shape())),
                layer.name() + ": " + operator + ", " + shape(layer.shape())
                        + layer.precision().map(name -> ", " + name).orElse(""),
                kind(layer.operator()),
                area(layer.shape()),
                0,
                0);
    }

    private DrawnBox entrance(String value, Map<String, String> inputs) {
        GraphLayer maker = makers.get(value);
        if (maker == null) {
            String shape = inputs.getOrDefault(value, "");
            return new DrawnBox(
                    List.of("input", value, shape), "input " + value + " " + shape, "entrance", Long.MAX_VALUE, 0, 0);
        }
        return new DrawnBox(
                List.of("from", maker.name(), shape(maker.shape())),
                "from " + maker.name() + ", " + shape(maker.shape()),
                "entrance",
                area(maker.shape()),
                0,
                0);
    }

    private DrawnBox entranceOfMany(List<String> values) {
        List<String> names = values.stream()
                .map(value -> makers.containsKey(value) ? makers.get(value).name() : value)
                .toList();
        return new DrawnBox(
                List.of("from " + names.size() + " layers", names.get(0), "to " + names.get(names.size() - 1)),
                "from " + String.join(", ", names),
                "entrance",
                values.stream()
                        .filter(makers::containsKey)
                        .mapToLong(value -> area(makers.get(value).shape()))
                        .max()
                        .orElse(0),
                0,
                0);
    }

    private static long area(Optional<List<Integer>> shape) {
        return shape.filter(lengths -> lengths.size() == IMAGE_RANK)
                .map(lengths -> (long) lengths.get(2) * lengths.get(3))
                .orElse(0L);
    }

    static String shape(Optional<List<Integer>> shape) {
        return shape.map(lengths -> lengths.stream().map(String::valueOf).collect(Collectors.joining("x")))
                .orElse("?");
    }

    private static String kind(String operator) {
        return switch (operator) {
            case "Conv", "ConvTranspose", "Gemm", "MatMul" -> "weights";
            case "Add", "Concat", "Mul", "Sub" -> "join";
            case "AveragePool", "MaxPool", "GlobalAveragePool", "Resize", "Upsample", "Slice", "Pad" -> "resize";
            default -> "other";
        };
    }
}
