package org.elasticvision.samples.spark.executor;

import java.util.ArrayList;
import java.util.List;

/** A mask as runs of pixels of one class, row by row from the top left; a run goes on from the end of a row into the next one. */
final class RunLengths {
    /**
     * Neighbouring pixels of one class.
     *
     * @param index of the class
     * @param length in pixels, at least 1
     */
    record Run(int index, int length) {}

    private RunLengths() {}

    /**
     * {@return the runs, whose lengths sum to the number of pixels}
     *
     * @param classMap class indices, unsigned, row-major
     */
    static List<Run> of(byte[] classMap) {
        List<Run> runs = new ArrayList<>();
        for (int from = 0, to; from < classMap.length; from = to) {
            to = from + 1;
            while (to < classMap.length && classMap[to] == classMap[from]) {
                to++;
            }
            runs.add(new Run(classMap[from] & 0xFF, to - from));
        }
        return runs;
    }
}
