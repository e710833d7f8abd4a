package org.elasticvision.runtime.onnx.drawing;

import java.util.List;

/**
 * A box: a layer, or where a value comes into a block.
 *
 * @param lines of text
 * @param title all that is known, shown when the pointer rests on it
 * @param kind a class of the style sheet
 * @param area height times width of what it makes; 0 where that is not known or has none
 * @param row from the top of its block
 * @param lane from the left
 */
record DrawnBox(List<String> lines, String title, String kind, long area, int row, int lane) {
    DrawnBox {
        lines = List.copyOf(lines);
    }

    DrawnBox inLane(int other) {
        return new DrawnBox(lines, title, kind, area, row, other);
    }
}
