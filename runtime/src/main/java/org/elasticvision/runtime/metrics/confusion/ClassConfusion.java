package org.elasticvision.runtime.metrics.confusion;

import java.util.Optional;
import org.elasticvision.runtime.metrics.figure.Ratio;

/**
 * What was answered for one class.
 *
 * @param index of the class
 * @param total images or pixels that are of it
 * @param right those that were answered with it
 * @param most the wrong class that was answered most often for it, ties going to the lower index; empty where nothing was wrong
 */
public record ClassConfusion(int index, long total, long right, Optional<Confusion> most) {
    /** {@return the class's own accuracy in percent, which is its recall; 0 where nothing is of it} */
    public double accuracy() {
        return Ratio.percent(right, total);
    }

    ClassConfusion plus(Confusion cell) {
        boolean more =
                !cell.isRight() && cell.count() > most.map(Confusion::count).orElse(0L);
        return new ClassConfusion(
                index,
                total + cell.count(),
                right + (cell.isRight() ? cell.count() : 0),
                more ? Optional.of(cell) : most);
    }
}
