package org.elasticvision.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Preprocessing.Fit;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ModelTest {
    private static final int THREADS = 8;

    @TempDir
    Path folder;

    @Test
    void theFileSaysWhichTaskItIsFor() {
        try (Model<?> classifier = Model.open(TestModels.classifier(folder, 1));
                Model<?> multiLabel = Model.open(TestModels.multiLabel(folder, 1));
                Model<?> segmenter = Model.open(TestModels.segmenter(folder, 1))) {
            assertThat(classifier).isInstanceOf(Classifier.class);
            assertThat(multiLabel).isInstanceOf(MultiLabelClassifier.class);
            assertThat(segmenter).isInstanceOf(Segmenter.class);
            assertThat(segmenter.info().labels()).isEqualTo(TestModels.COLORS);
            assertThat(segmenter.inputShape()).hasToString("[1, 3, 6, 8]");
            assertThat(segmenter.outputShape()).hasToString("[1, 3, 6, 8]");
            assertThat(segmenter.file()).hasFileName("segmenter.onnx");
        }
    }

    @Test
    void whatIsNullIsNamed() {
        Path file = TestModels.classifier(folder, 1);
        assertThatNullPointerException().isThrownBy(() -> Model.open(null)).withMessage("file");
        assertThatNullPointerException()
                .isThrownBy(() -> Model.open(file, null))
                .withMessage("options");
        assertThatNullPointerException()
                .isThrownBy(() -> Model.open(file, ModelOptions.defaults().withPreprocessing(own -> null)))
                .withMessage("the changed preprocessing");
        try (Classifier model = Classifier.open(file)) {
            assertThatNullPointerException()
                    .isThrownBy(() -> model.predict((ImageSource) null))
                    .withMessage("image");
            assertThatNullPointerException().isThrownBy(() -> model.run(null)).withMessage("input");
        }
    }

    @Test
    void theWrongClassNamesTheRightOne() {
        Path file = TestModels.segmenter(folder, 1);
        assertThatThrownBy(() -> Classifier.open(file))
                .isInstanceOf(ModelException.class)
                .hasMessage(file + " is a segmentation model, not one for Classifier;"
                        + " open it with Segmenter.open or Model.open");
        assertThatThrownBy(() -> MultiLabelClassifier.open(file)).hasMessageContaining("Segmenter.open");
        assertThatThrownBy(() -> Segmenter.open(TestModels.multiLabel(folder, 1)))
                .hasMessageContaining("open it with MultiLabelClassifier.open");
    }

    @Test
    void aModelWithoutMetadataIsRefused() {
        Path file = TestModels.classification(1, 4).write(folder.resolve("bare.onnx"));
        assertThatThrownBy(() -> Model.open(file))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining("elastic convert");
    }

    @Test
    void labelsMayBeOfAnyScript() {
        List<Label> labels = List.of(new Label("1", "Äpfel"), new Label("2", "苹果 😀 🍎!"), new Label("3", "\\u0041$1"));
        ModelInfo plain = TestModels.info(Task.CLASSIFICATION, TestModels.cropTo(4));
        ModelInfo named =
                new ModelInfo("𝔸", plain.task(), labels, plain.preprocessing(), "fp32", plain.checkpointSha256(), "1");
        Path file = TestModels.write(folder.resolve("script.onnx"), named, TestModels.classification(1, 4));
        try (Model<?> model = Model.open(file)) {
            assertThat(model.info()).isEqualTo(named);
        }
    }

    @Test
    void aDamagedFileNeverBringsMoreThanAModelException() throws IOException {
        byte[] whole = Files.readAllBytes(TestModels.classifier(folder, TensorShape.ANY));
        Path file = folder.resolve("damaged.onnx");
        Random random = new Random(20260101);
        ImageSource image = ImageSource.of(TestModels.plain(4, 4, 0));
        int opened = 0;
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            Files.write(file, damaged);
            try (Model<?> model = Model.open(file, ModelOptions.defaults().withThreads(1))) {
                model.predict(image);
                opened++;
            } catch (ModelException e) {
                assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
            }
        }
        assertThat(opened).isBetween(1, 299);
    }

    @Test
    void metadataThatDoNotFitTheNetworkAreRefused() {
        Path size = TestModels.write(
                folder.resolve("size.onnx"),
                Task.CLASSIFICATION,
                TestModels.classification(1, 4),
                TestModels.cropTo(5));
        assertThatThrownBy(() -> Model.open(size))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("its input has the shape [1, 3, 4, 4], its metadata say [1, 3, 5, 5]");
        Path task = TestModels.write(
                folder.resolve("task.onnx"),
                Task.SEGMENTATION,
                TestModels.classification(1, 4),
                TestModels.fit(Fit.PAD, 4, 4));
        assertThatThrownBy(() -> Model.open(task))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("its output has the shape [1, 3], its metadata say [1, 3, 4, 4]");
    }

    @Test
    void thePreprocessingCanBeChanged() {
        ModelOptions options = ModelOptions.defaults()
                .withPreprocessing(p ->
                        new Preprocessing(p.fit(), 10, p.height(), p.width(), p.interpolation(), p.mean(), p.std()));
        try (Model<?> model = Model.open(TestModels.classifier(folder, 1), options)) {
            assertThat(model.info().preprocessing().resize()).isEqualTo(10);
        }
    }

    @Test
    void photosAreTurnedUprightUnlessAskedNotTo() throws IOException {
        Path file = TestModels.segmenter(folder, 1);
        Path photo = folder.resolve("turned.jpg");
        try (InputStream in = getClass().getResourceAsStream("image/exif_rot6.jpg")) {
            Files.copy(in, photo);
        }
        ModelOptions asStored = ModelOptions.defaults().withOrientation(Orientation.IGNORE_EXIF);
        try (Segmenter upright = Segmenter.open(file);
                Segmenter stored = Segmenter.open(file, asStored)) {
            Segmentation turned = upright.predict(ImageSource.of(photo));
            Segmentation lying = stored.predict(ImageSource.of(photo));
            assertThat(turned.width()).isEqualTo(lying.height()).isNotEqualTo(lying.width());
            assertThat(turned.height()).isEqualTo(lying.width());
        }
    }

    @Test
    void aClosedModelSaysSo() {
        Model<?> model = Model.open(TestModels.classifier(folder, 1));
        model.close();
        model.close();
        assertThatThrownBy(() -> model.predict(ImageSource.of(TestModels.plain(4, 4, 0))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("classifier.onnx is closed");
    }

    @Test
    void manyThreadsShareAModelUntilItIsClosed() throws Exception {
        Model<?> model = Model.open(
                TestModels.segmenter(folder, TensorShape.ANY),
                ModelOptions.defaults().withThreads(1));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int index = thread % 3;
                ImageSource image = ImageSource.of(TestModels.plain(3 + thread % 4, 4, 0xFF0000 >> (8 * index)));
                calls.add(threads.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        Segmentation answer = (Segmentation) model.predict(image);
                        assertThat(answer.share(index)).isEqualTo(1);
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
            Future<?> late = threads.submit(() -> {
                while (true) {
                    model.predict(ImageSource.of(TestModels.plain(8, 6, 0)));
                }
            });
            model.close();
            assertThatThrownBy(late::get).hasRootCauseInstanceOf(IllegalStateException.class);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void optionsSayWhatIsAllowed() {
        assertThatThrownBy(() -> ModelOptions.defaults().withBatch(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batch 0 must be between 1 and 4096");
    }
}
