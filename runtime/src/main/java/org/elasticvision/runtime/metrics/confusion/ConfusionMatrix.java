package org.elasticvision.runtime.metrics.confusion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How often each class was answered for each: the confusion matrix, without its zeros. Immutable and thread-safe. Its memory follows the
 * number of images that were measured, not the square of the number of classes.
 *
 * @param classes how many there are
 * @param cells those that are not zero, in any order, each once
 */
public record ConfusionMatrix(int classes, List<Confusion> cells) {
    private static final Comparator<Confusion> BY_CLASS =
            Comparator.comparingInt(Confusion::truth).thenComparingInt(Confusion::answer);

    public ConfusionMatrix {
        cells = cells.stream().sorted(BY_CLASS).toList();
        for (int i = 0; i < cells.size(); i++) {
            Confusion cell = cells.get(i);
            if (cell.truth() >= classes || cell.answer() >= classes) {
                throw new IllegalArgumentException("a confusion of class " + cell.truth() + " with class "
                        + cell.answer() + "; there are " + classes + " classes");
            }
            if (i > 0 && BY_CLASS.compare(cells.get(i - 1), cell) == 0) {
                throw new IllegalArgumentException(
                        "class " + cell.answer() + " for class " + cell.truth() + " is counted twice");
            }
        }
    }

    /**
     * From all counts.
     *
     * @param counts [true class × classes + answered class]
     * @param classes how many there are
     * @return the matrix
     */
    public static ConfusionMatrix of(long[] counts, int classes) {
        return new ConfusionMatrix(
                classes,
                IntStream.range(0, counts.length)
                        .filter(i -> counts[i] > 0)
                        .mapToObj(i -> new Confusion(i / classes, i % classes, counts[i]))
                        .toList());
    }

    /** {@return what was answered for each class, in class order} */
    public List<ClassConfusion> byClass() {
        List<ClassConfusion> rows = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            rows.add(new ClassConfusion(i, 0, 0, Optional.empty()));
        }
        cells.forEach(cell -> rows.set(cell.truth(), rows.get(cell.truth()).plus(cell)));
        return List.copyOf(rows);
    }

    /**
     * {@return the wrong answers that were given most often, the most frequent first; ties go to the lower indices}
     *
     * @param most how many at most
     */
    public List<Confusion> worst(int most) {
        return cells.stream()
                .filter(cell -> !cell.isRight())
                .sorted(Comparator.comparingLong(Confusion::count).reversed().thenComparing(BY_CLASS))
                .limit(most)
                .toList();
    }
}
