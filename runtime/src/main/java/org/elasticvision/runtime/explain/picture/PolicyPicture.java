package org.elasticvision.runtime.explain.picture;

import java.util.List;
import org.elasticvision.runtime.explain.ScalePolicy;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** Scale policies as pixels, without text: from left to right the blocks along the depth of a network. Stateless. */
public final class PolicyPicture {
    private static final int BAR = 18;
    private static final int GAP = 4;
    private static final int HALF = 60;
    private static final int MARGIN = 8;
    private static final int CELL = 20;
    private static final int[] AXIS = {120, 126, 136};

    private PolicyPicture() {}

    /**
     * {@return a bar for each block, in parts of the largest score: up and orange where the high resolution responds more strongly, down and blue
     * where the low one does}
     *
     * @param policy of one image
     */
    public static RgbImage bars(ScalePolicy policy) {
        int count = policy.blocks().size();
        Canvas canvas = new Canvas(2 * MARGIN + count * (BAR + GAP) - GAP, 2 * (HALF + MARGIN) + 1);
        int middle = MARGIN + HALF;
        double largest = policy.largest();
        for (int i = 0; i < count; i++) {
            double part = largest > 0 ? policy.blocks().get(i).score() / largest : 0;
            int length = (int) Math.round(Math.abs(part) * HALF);
            int top = part > 0 ? middle - length : middle + 1;
            canvas.fill(MARGIN + i * (BAR + GAP), top, BAR, length, HeatColors.difference(Math.signum(part)));
        }
        canvas.fill(MARGIN / 2, middle, canvas.width() - MARGIN, 1, AXIS);
        return canvas.image();
    }

    /**
     * {@return a cell for each block of each row, from blue at -1 to orange at 1}
     *
     * @param rows numbers in parts of what is drawn at full strength; all of one length
     */
    public static RgbImage cells(List<double[]> rows) {
        int columns = rows.get(0).length;
        Canvas canvas = new Canvas(2 * MARGIN + columns * CELL, 2 * MARGIN + rows.size() * CELL);
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < columns; i++) {
                int[] colour = HeatColors.difference(rows.get(row)[i]);
                canvas.fill(MARGIN + i * CELL, MARGIN + row * CELL, CELL - 1, CELL - 1, colour);
            }
        }
        return canvas.image();
    }
}
