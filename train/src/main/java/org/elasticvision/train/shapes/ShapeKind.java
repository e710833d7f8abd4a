package org.elasticvision.train.shapes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Task;

/** The classes, in the order of their names: the order in which folders of classes are read. */
public enum ShapeKind {
    /** A circle. */
    CIRCLE(1),
    /** A cross. */
    CROSS(2),
    /** A heart. */
    HEART(3),
    /** A ring. */
    RING(4),
    /** A star. */
    STAR(5),
    /** A triangle. */
    TRIANGLE(6);

    private final int category;

    ShapeKind(int category) {
        this.category = category;
    }

    /** {@return the label, such as {@code heart}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the labels of a network for a task, in class order: the kinds, for segmentation after the background}
     *
     * @param task what the network is for
     */
    public static List<Label> labels(Task task) {
        return switch (task) {
            case CLASSIFICATION ->
                Arrays.stream(values())
                        .map(kind -> new Label(kind.label(), kind.label()))
                        .toList();
            case MULTI_LABEL ->
                Arrays.stream(values())
                        .map(kind -> new Label(Integer.toString(kind.category()), kind.label()))
                        .toList();
            case SEGMENTATION -> {
                List<String> names = Stream.concat(
                                Stream.of("background"), Arrays.stream(values()).map(ShapeKind::label))
                        .toList();
                yield IntStream.range(0, names.size())
                        .mapToObj(i -> new Label(Integer.toString(i), names.get(i)))
                        .toList();
            }
        };
    }

    /** {@return its number in masks and annotations, where 0 is the background} */
    public int category() {
        return category;
    }
}
