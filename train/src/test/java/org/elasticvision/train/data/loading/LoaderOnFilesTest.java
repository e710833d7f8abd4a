package org.elasticvision.train.data.loading;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.ClassifiedImage;
import org.elasticvision.runtime.dataset.SegmentedImage;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.ClassificationData;
import org.elasticvision.train.data.Pictures;
import org.elasticvision.train.data.SegmentationData;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.TrainingData;
import org.elasticvision.train.data.transform.Augmentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The loader over image files with the published augmentation, some of them damaged. */
class LoaderOnFilesTest {
    private static final int COUNT = 13;
    private static final int DAMAGED = 6;

    @TempDir
    private Path folder;

    private final List<String> reports = new ArrayList<>();

    private TrainingData classification() {
        List<ClassifiedImage> images = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            Path file = folder.resolve(i + ".png");
            images.add(new ClassifiedImage(file, i));
            if (i == DAMAGED) {
                Pictures.write("damaged", file);
            } else {
                Pictures.write(Pictures.picture(30 + i, 45 - i, i), file);
            }
        }
        return new ClassificationData(
                images,
                Pictures.preprocessing(Preprocessing.Fit.STRETCH, 16, 16),
                Optional.of(Augmentation.published()));
    }

    private TrainingData segmentation() {
        List<SegmentedImage> images = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            images.add(new SegmentedImage(
                    Pictures.write(Pictures.picture(30 + i, 45 - i, i), folder.resolve(i + ".png")),
                    Pictures.write(Pictures.mask(30 + i, 45 - i), folder.resolve(i + "-mask.png"))));
        }
        return new SegmentationData(
                images,
                21,
                Pictures.preprocessing(Preprocessing.Fit.PAD, 40, 40),
                Optional.of(Augmentation.published()));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void classificationIsTheSameOnAnyNumberOfThreadsAndAfterAResume(int threads) {
        List<Batches.Copy> one = classes(1, 0);
        assertThat(one).hasSize(3);
        assertThat(one.stream().mapToInt(batch -> batch.labels().size()).sum()).isIn(11, 12);
        assertThat(classes(threads, 0)).isEqualTo(one);
        assertThat(classes(threads, 2)).isEqualTo(one.subList(2, 3));
        assertThat(reports).allMatch(line -> line.startsWith("skipped: " + folder.resolve(DAMAGED + ".png") + ": "));
    }

    private List<Batches.Copy> classes(int threads, int firstBatch) {
        LoaderOptions options =
                LoaderOptions.training(Task.CLASSIFICATION, 4, threads, 9).withSkipBad(true);
        try (Loader loader = new Loader(classification(), options, reports::add)) {
            return Batches.all(loader.epoch(1, firstBatch));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void segmentationIsTheSameOnAnyNumberOfThreadsAndAfterAResume(int threads) {
        List<List<Object>> one = masks(1, 0);
        assertThat(one).hasSize(4);
        assertThat(masks(threads, 0)).isEqualTo(one);
        assertThat(masks(threads, 3)).isEqualTo(one.subList(3, 4));
    }

    /** Hash codes of images and masks, batch by batch. */
    private List<List<Object>> masks(int threads, int firstBatch) {
        List<List<Object>> hashes = new ArrayList<>();
        LoaderOptions options = LoaderOptions.training(Task.SEGMENTATION, 4, threads, 9);
        try (Loader loader = new Loader(segmentation(), options, reports::add)) {
            Epoch epoch = loader.epoch(1, firstBatch);
            for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
                byte[] pixels = ((Target.Masks) batch.target()).pixels();
                hashes.add(List.of(
                        batch.size(), Arrays.hashCode(Pictures.floats(batch.images())), Arrays.hashCode(pixels)));
            }
        }
        return hashes;
    }

    @Test
    void aDamagedFileIsNamedWithItsRemedy() {
        LoaderOptions options = new LoaderOptions(4, 2, 2, false, false, false, 1);
        try (Loader loader = new Loader(classification(), options, reports::add)) {
            Epoch epoch = loader.epoch(0);
            assertThat(epoch.next().size()).isEqualTo(4);
            assertThatThrownBy(epoch::next)
                    .isInstanceOf(DatasetException.class)
                    .hasMessageStartingWith(folder.resolve(DAMAGED + ".png") + ": ")
                    .hasMessageEndingWith("(or leave such images out with --skip-bad)");
        }
    }
}
