package org.elasticvision.runtime.session;

import java.nio.file.Path;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;

/** Whether a network is what its metadata says, found out when it is opened and not at the first image. */
public final class SessionChecks {
    private static final int MOST_PIXEL_CLASSES = 256;

    private SessionChecks() {}

    public static void check(Path file, ModelInfo info, TensorShape input, TensorShape output) {
        Preprocessing preprocessing = info.preprocessing();
        int batch = input.batch();
        expect(
                file,
                "input",
                input,
                input.equals(shape(batch, 3, preprocessing.height(), preprocessing.width())),
                shape(batch, 3, preprocessing.height(), preprocessing.width()));
        int classes = info.labels().size();
        if (classes == 0) {
            throw new ModelException(file + " names no classes; convert the checkpoint again with 'elastic convert'");
        }
        boolean perPixel = info.task().isPerPixel();
        TensorShape answer =
                perPixel ? shape(batch, classes, preprocessing.height(), preprocessing.width()) : shape(batch, classes);
        expect(file, "output", output, output.equals(answer), answer);
        if (perPixel) {
            checkSegmentation(file, info);
        }
    }

    private static void checkSegmentation(Path file, ModelInfo info) {
        if (info.preprocessing().fit() == Preprocessing.Fit.RESIZE_AND_CROP) {
            throw new ModelException(
                    file + " is to segment a cut-out of each image, so that the rest would get no class;"
                            + " convert it again with its input padded or stretched");
        }
        if (info.labels().size() > MOST_PIXEL_CLASSES) {
            throw new ModelException(file + " has " + info.labels().size() + " classes; a segmentation can have "
                    + MOST_PIXEL_CLASSES + "; train it with fewer");
        }
    }

    private static void expect(Path file, String what, TensorShape is, boolean fits, TensorShape expected) {
        if (!fits) {
            throw new ModelException(file + ": its " + what + " has the shape " + is + ", its metadata say " + expected
                    + "; convert the checkpoint again with 'elastic convert'");
        }
    }

    private static TensorShape shape(int... dimensions) {
        return TensorShape.of(dimensions);
    }
}
