package org.elasticvision.runtime.engine.onednn.network.reading;

import java.util.Arrays;
import org.elasticvision.runtime.engine.onednn.network.Step;
import org.elasticvision.runtime.engine.onednn.network.Value;
import org.elasticvision.runtime.onnx.OnnxNode;

/** What changes the height and width of images, or leaves that to what comes next. */
final class SizeNodes {
    private static final double ROUNDING = 1e-6;

    /** Weights of a resize between corners, old sizes times new ones: 256 MB. */
    private static final long MOST_CORNERS = 1 << 26;

    private final Reading reading;

    SizeNodes(Reading reading) {
        this.reading = reading;
    }

    void resize(OnnxNode node) {
        Value input = reading.value(node, 0);
        String centres = node.text("coordinate_transformation_mode", "half_pixel");
        boolean aligned = centres.equals("align_corners");
        if (input.isVector()
                || !node.text("mode", "nearest").equals("linear")
                || node.number("antialias", 0) != 0
                || !node.text("keep_aspect_ratio_policy", "stretch").equals("stretch")
                || !(aligned || centres.equals("half_pixel") || centres.equals("pytorch_half_pixel"))) {
            throw node.refusal("resizes otherwise than bilinearly between the centres of pixels, or of corner pixels");
        }
        int[] size = node.input(3).isPresent() ? size(node, input) : scaled(node, input);
        if (centres.equals("pytorch_half_pixel")
                && ((size[0] == 1 && input.height() > 1) || (size[1] == 1 && input.width() > 1))) {
            throw node.refusal("resizes to a height or width of 1 as PyTorch once did");
        }
        if (aligned && Math.max((long) input.height() * size[0], (long) input.width() * size[1]) > MOST_CORNERS) {
            throw node.refusal("resizes " + input.height() + "x" + input.width() + " pixels between corners to "
                    + size[0] + "x" + size[1] + ", which takes too many weights");
        }
        Value output = reading.make(node, input.channels(), size[0], size[1]);
        boolean isOnePixel = input.height() == 1 && input.width() == 1;
        reading.add(aligned && !isOnePixel ? new Step.CornerResizing(input, output) : new Step.Resizing(input, output));
    }

    /** One pixel all over an image, which is how it is resized too. */
    void spread(OnnxNode node) {
        Value input = reading.value(node, 0);
        long[] shape = reading.constants().tensor(node, 1).numbers();
        if (input.isVector()
                || input.height() * input.width() != 1
                || shape.length != 4
                || shape[0] != 1
                || (shape[1] != 1 && shape[1] != input.channels())) {
            throw node.refusal("repeats something else than one pixel all over an image");
        }
        Value output = reading.make(
                node, input.channels(), OnnxShapes.size(node, shape[2], 1), OnnxShapes.size(node, shape[3], 1));
        reading.add(new Step.Resizing(input, output));
    }

    private int[] size(OnnxNode node, Value input) {
        long[] sizes = reading.constants().tensor(node, 3).numbers();
        long[] axes = node.numbers("axes");
        if (sizes.length == 4 && axes.length == 0 && sizes[1] == input.channels()) {
            return new int[] {OnnxShapes.size(node, sizes[2], 1), OnnxShapes.size(node, sizes[3], 1)};
        }
        if (sizes.length == 2 && Arrays.equals(axes, new long[] {2, 3})) {
            return new int[] {OnnxShapes.size(node, sizes[0], 1), OnnxShapes.size(node, sizes[1], 1)};
        }
        throw node.refusal("resizes other dimensions than height and width");
    }

    private int[] scaled(OnnxNode node, Value input) {
        float[] scales =
                reading.constants().input(node, 2).orElseThrow(() -> node.refusal("has neither sizes nor scales"));
        long[] axes = node.numbers("axes");
        if (scales.length == 2 && Arrays.equals(axes, new long[] {2, 3})) {
            scales = new float[] {1, 1, scales[0], scales[1]};
        }
        if (scales.length != 4 || scales[0] != 1 || scales[1] != 1) {
            throw node.refusal("resizes other dimensions than height and width");
        }
        return new int[] {scaled(node, input.height(), scales[2]), scaled(node, input.width(), scales[3])};
    }

    /** Rounded down, as ONNX has it; a scale is as near to the quotient of two lengths as float32 can be. */
    private static int scaled(OnnxNode node, int length, float scale) {
        float product = length * scale;
        double down = Math.floor(product);
        if (Float.isNaN(product) || product - down > ROUNDING * Math.abs(product)) {
            throw node.refusal("resizes to a part of a pixel");
        }
        return OnnxShapes.size(node, (long) down, 1);
    }

    void pad(OnnxNode node) {
        String mode = node.text("mode", "constant");
        long[] pads = reading.constants().tensor(node, 1).numbers();
        boolean isZero = reading.constants()
                .input(node, 2)
                .map(value -> value.length == 1 && value[0] == 0)
                .orElse(true);
        if (pads.length != 8
                || pads[0] != 0
                || pads[1] != 0
                || pads[4] != 0
                || pads[5] != 0
                || !isZero
                || !(mode.equals("constant") || mode.equals("edge"))
                || node.input(3).isPresent()) {
            throw node.refusal("adds something else than zeros or edge pixels around an image");
        }
        reading.putPadding(
                node,
                new Padding(
                        reading.value(node, 0),
                        OnnxShapes.size(node, pads[2], 0),
                        OnnxShapes.size(node, pads[3], 0),
                        OnnxShapes.size(node, pads[6], 0),
                        OnnxShapes.size(node, pads[7], 0),
                        mode));
    }

    void crop(OnnxNode node) {
        Value input = reading.value(node, 0);
        long[] starts = reading.constants().tensor(node, 1).numbers();
        long[] ends = reading.constants().tensor(node, 2).numbers();
        long[] axes =
                node.input(3).isPresent() ? reading.constants().tensor(node, 3).numbers() : new long[0];
        boolean steps1 = reading.constants()
                .input(node, 4)
                .map(all -> all.length == 2 && all[0] == 1 && all[1] == 1)
                .orElse(true);
        if (input.isVector()
                || !Arrays.equals(starts, new long[] {0, 0})
                || !Arrays.equals(axes, new long[] {2, 3})
                || ends.length != 2
                || Math.min(ends[0], ends[1]) < 1
                || !steps1) {
            throw node.refusal("takes another part of an image than its upper left");
        }
        int height = (int) Math.min(ends[0], input.height());
        int width = (int) Math.min(ends[1], input.width());
        reading.add(new Step.Cropping(input, reading.make(node, input.channels(), height, width)));
    }

    void flatten(OnnxNode node) {
        Value input = reading.value(node, 0);
        if (node.number("axis", 1) != 1) {
            throw node.refusal("joins images of a batch");
        }
        if (input.isVector()) {
            reading.put(node, input);
        } else if (input.height() == 1 && input.width() == 1) {
            Value output = reading.make(node, input.channels());
            reading.add(new Step.Flattening(input, output));
        } else {
            throw node.refusal("is given an image of more than one pixel");
        }
    }
}
