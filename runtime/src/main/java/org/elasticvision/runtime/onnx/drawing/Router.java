package org.elasticvision.runtime.onnx.drawing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the boxes of a block are, in pixels from its corner, and the lines between them. Lines run in the room between rows and left of lanes
 * alone, each in a track of its own, so that none crosses a box and no two lie on each other.
 */
final class Router {
    static final int BOX_WIDTH = 204;
    static final int BOX_HEIGHT = 50;
    private static final int ROOM = 16;
    private static final int TRACK = 6;
    private static final int ARRIVAL = 14;

    private final BlockLayout layout;
    private final int[] inGap;
    private final int[] inGutter;
    private final int[] rowTop;
    private final int[] laneLeft;
    private final List<String> paths = new ArrayList<>();
    private final int height;
    private final int width;

    Router(BlockLayout layout) {
        this.layout = layout;
        this.inGap = new int[layout.rows()];
        this.inGutter = new int[layout.lanes()];
        List<int[]> tracks = new ArrayList<>();
        for (BlockLayout.Flow flow : layout.flows()) {
            tracks.add(tracks(box(flow.from()), box(flow.to())));
        }
        this.rowTop = new int[layout.rows()];
        for (int row = 1; row < rowTop.length; row++) {
            rowTop[row] = rowTop[row - 1] + BOX_HEIGHT + ROOM + TRACK * inGap[row - 1];
        }
        this.laneLeft = new int[layout.lanes()];
        int left = 0;
        for (int lane = 0; lane < laneLeft.length; lane++) {
            left += ROOM + TRACK * inGutter[lane];
            laneLeft[lane] = left;
            left += BOX_WIDTH;
        }
        this.width = left + ROOM;
        this.height = rowTop[rowTop.length - 1] + BOX_HEIGHT;
        for (int i = 0; i < tracks.size(); i++) {
            paths.add(path(layout.flows().get(i), tracks.get(i)));
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int left(DrawnBox box) {
        return laneLeft[box.lane()];
    }

    int top(DrawnBox box) {
        return rowTop[box.row()];
    }

    /** {@return the lines, as data of SVG paths} */
    List<String> paths() {
        return paths;
    }

    private DrawnBox box(int index) {
        return layout.boxes().get(index);
    }

    /** None for a straight line; one below the upper box; or that, one left of the lower box and one above it. */
    private int[] tracks(DrawnBox from, DrawnBox to) {
        boolean isFree = layout.boxes().stream()
                .noneMatch(box -> box.lane() == to.lane() && box.row() > from.row() && box.row() < to.row());
        if (isFree && from.lane() == to.lane()) {
            return new int[0];
        }
        if (isFree) {
            return new int[] {inGap[from.row()]++};
        }
        return new int[] {inGap[from.row()]++, inGutter[to.lane()]++, inGap[to.row() - 1]++};
    }

    private String path(BlockLayout.Flow flow, int... tracks) {
        DrawnBox from = box(flow.from());
        DrawnBox to = box(flow.to());
        int[] arriving = layout.flows().stream()
                .filter(other -> other.to() == flow.to())
                .mapToInt(BlockLayout.Flow::from)
                .toArray();
        int place = Arrays.stream(arriving).boxed().toList().indexOf(flow.from());
        int x = laneLeft[to.lane()] + BOX_WIDTH / 2 + (2 * place - arriving.length + 1) * ARRIVAL / 2;
        int end = rowTop[to.row()] - 1;
        int start = rowTop[from.row()] + BOX_HEIGHT;
        if (tracks.length == 0) {
            return "M" + x + " " + start + "V" + end;
        }
        int middle = laneLeft[from.lane()] + BOX_WIDTH / 2;
        String down = "M" + middle + " " + start + "V" + gap(from.row(), tracks[0]);
        if (tracks.length == 1) {
            return down + "H" + x + "V" + end;
        }
        int gutter = laneLeft[to.lane()] - ROOM / 2 - TRACK * tracks[1];
        return down + "H" + gutter + "V" + gap(to.row() - 1, tracks[2]) + "H" + x + "V" + end;
    }

    private int gap(int row, int track) {
        return rowTop[row] + BOX_HEIGHT + ROOM / 2 + TRACK * track;
    }
}
