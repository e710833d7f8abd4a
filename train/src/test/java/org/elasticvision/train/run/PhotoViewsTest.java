package org.elasticvision.train.run;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.convert.quantize.calibration.CalibrationCache;
import org.elasticvision.runtime.answer.PascalColors;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.dataset.ClassifiedImage;
import org.elasticvision.runtime.dataset.SegmentedImage;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.dataset.coco.MultiLabelImage;
import org.elasticvision.runtime.dataset.coco.MultiLabelTarget;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.image.TurnedPhotos;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.model.View;
import org.elasticvision.train.data.ClassificationData;
import org.elasticvision.train.data.MultiLabelData;
import org.elasticvision.train.data.SegmentationData;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.TrainingData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A network learns from, is measured and calibrated on photos in one view. */
class PhotoViewsTest {
    private static final int SIDE = 48;

    @TempDir
    Path folder;

    @BeforeEach
    void takePhotos() throws IOException {
        TurnedPhotos.write(folder);
    }

    /** What nobody states is upright in training, as it is in the model that is trained. */
    @ParameterizedTest
    @EnumSource(View.class)
    void trainingReadsWhatTheModelWillSee(View view) {
        for (Task task : Task.values()) {
            Preprocessing preprocessing =
                    Preprocessing.published(task, SIDE, SIDE).withView(view);
            TrainingData data = data(task, preprocessing, view != View.STORED);
            assertThat(data.turned().turned()).isEqualTo(7);
            for (int i = 0; i < data.size(); i++) {
                FloatBuffer read = FloatBuffer.allocate(3 * SIDE * SIDE);
                Target target = data.load(i, new SplittableRandom(1), read, 0);
                FloatBuffer seen = FloatBuffer.allocate(3 * SIDE * SIDE);
                Orientation orientation = view == View.STORED ? Orientation.IGNORE_EXIF : Orientation.APPLY_EXIF;
                new Preprocessor(preprocessing).write(source(i + 1).decode(orientation), seen, 0);
                assertThat(read.array()).isEqualTo(seen.array());
                if (target instanceof Target.Masks masks) {
                    assertDrawnOn(read, masks.pixels(), preprocessing);
                }
            }
        }
    }

    /** The class of a pixel is its strongest colour. */
    private static void assertDrawnOn(FloatBuffer read, byte[] mask, Preprocessing preprocessing) {
        for (int pixel = 0; pixel < mask.length; pixel++) {
            int strongest = 0;
            float most = -1;
            for (int c = 0; c < 3; c++) {
                float level =
                        read.get(c * mask.length + pixel) * preprocessing.std().get(c)
                                + preprocessing.mean().get(c);
                if (level > most) {
                    most = level;
                    strongest = c;
                }
            }
            if ((mask[pixel] & 0xFF) != Target.Masks.VOID) {
                assertThat(mask[pixel]).isEqualTo((byte) strongest);
            }
        }
    }

    private TrainingData data(Task task, Preprocessing preprocessing, boolean upright) {
        return switch (task) {
            case CLASSIFICATION ->
                new ClassificationData(
                        photos().map(file -> new ClassifiedImage(file, 0)).toList(), preprocessing, Optional.empty());
            case MULTI_LABEL ->
                new MultiLabelData(
                        photos().map(file -> new MultiLabelImage(file, MultiLabelTarget.of(new boolean[3][3])))
                                .toList(),
                        preprocessing,
                        Optional.empty());
            case SEGMENTATION -> new SegmentationData(masked(upright), 3, preprocessing, Optional.empty());
        };
    }

    @Test
    void masksOfTheOtherViewAreRefusedNamingExif() {
        Preprocessing upright = Preprocessing.published(Task.SEGMENTATION, SIDE, SIDE);
        TrainingData wrong = new SegmentationData(masked(false), 3, upright, Optional.empty());
        assertThatThrownBy(wrong::turned)
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("images are turned upright by EXIF, as 4 masks do; give --exif ignore");
        assertThatThrownBy(() -> wrong.load(5, new SplittableRandom(1), FloatBuffer.allocate(3 * SIDE * SIDE), 0))
                .hasMessageContaining("mask-6.png: belongs to its image as it is stored");
        assertThat(new SegmentationData(masked(false), 3, upright.withView(View.STORED), Optional.empty()).turned())
                .isEqualTo(new TurnedImages(8, 7, 0));
    }

    @Test
    void calibrationSeesWhatTheModelWillSee() throws IOException {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 3);
        Quantization unstated = Quantization.of(model);
        ImageSource photo = source(3);
        Calibration upright = calibrate(unstated.withView(View.UPRIGHT), photo);
        assertSame(upright, calibrate(unstated, photo), false);
        assertSame(upright, calibrate(unstated, ImageSource.of(photo.decode(Orientation.APPLY_EXIF), "upright")), true);
    }

    private Calibration calibrate(Quantization quantization, ImageSource image) {
        return quantization.calibrate(List.of(image), done -> {});
    }

    private void assertSame(Calibration one, Calibration other, boolean same) throws IOException {
        CalibrationCache cache = new CalibrationCache(folder);
        cache.write(folder.resolve("one"), one);
        cache.write(folder.resolve("other"), other);
        assertThat(Files.mismatch(folder.resolve("one"), folder.resolve("other")) < 0)
                .isEqualTo(same);
    }

    @Test
    void aRunKeepsItsView() {
        Preprocessing unstated = Preprocessing.published(Task.CLASSIFICATION, SIDE, SIDE);
        Path file = Path.of("checkpoint.pth.tar");
        RunView.requireSame(unstated, unstated.withView(View.STORED), file);
        RunView.requireSame(unstated.withView(View.UPRIGHT), unstated.withView(View.UPRIGHT), file);
        assertThatThrownBy(() -> RunView.requireSame(unstated, unstated.withView(View.UPRIGHT), file))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage("checkpoint.pth.tar: its run has learned from photos as they are stored; go on with --exif"
                        + " ignore, or start a new run from its weights with --init-from");
    }

    private ImageSource source(int orientation) {
        return ImageSource.of(TurnedPhotos.file(folder, orientation));
    }

    private Stream<Path> photos() {
        return IntStream.rangeClosed(1, TurnedPhotos.ORIENTATIONS)
                .mapToObj(orientation -> TurnedPhotos.file(folder, orientation));
    }

    private List<SegmentedImage> masked(boolean upright) {
        return IntStream.rangeClosed(1, TurnedPhotos.ORIENTATIONS)
                .mapToObj(orientation -> {
                    IndexImage mask = upright ? TurnedPhotos.uprightClasses() : TurnedPhotos.storedClasses(orientation);
                    Path file = folder.resolve("mask-" + orientation + ".png");
                    PngFiles.write(mask, PascalColors.palette(), file);
                    return new SegmentedImage(TurnedPhotos.file(folder, orientation), file);
                })
                .toList();
    }
}
