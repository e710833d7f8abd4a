package org.elasticvision.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.batching.BatcherOptions;
import org.elasticvision.runtime.batching.DynamicBatcher;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.TurnedPhotos;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.model.View;
import org.elasticvision.runtime.stream.FrameSource;
import org.elasticvision.runtime.stream.FrameStream;
import org.elasticvision.runtime.stream.StreamOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whoever uses a model, photos are seen in the view that its file names. */
class ViewsTest {
    @TempDir
    Path folder;

    private Path photos;

    @BeforeEach
    void takePhotos() throws IOException {
        photos = folder.resolve("photos");
        TurnedPhotos.write(photos);
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void everyUserOfAModelSeesPhotosAsItsFileSays(View view) {
        List<IndexImage> expected = view == View.STORED ? stored() : upright();
        try (Segmenter model = Segmenter.open(segmenter(folder, view))) {
            assertThat(model.info().preprocessing().view()).isEqualTo(view);
            assertThat(model.orientation())
                    .isEqualTo(view == View.STORED ? Orientation.IGNORE_EXIF : Orientation.APPLY_EXIF);
            assertSame(model.predict(sources()), expected);
            assertSame(streamed(model), expected);
            assertSame(batched(model), expected);
        }
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void optionsSeePhotosInAnotherWay(View view) {
        Path file = segmenter(folder, view);
        try (Segmenter upright = Segmenter.open(file, as(Orientation.APPLY_EXIF));
                Segmenter stored = Segmenter.open(file, as(Orientation.IGNORE_EXIF));
                Segmenter measured =
                        Segmenter.open(file, ModelOptions.defaults().asPublished())) {
            assertSame(upright.predict(sources()), upright());
            assertSame(stored.predict(sources()), stored());
            assertSame(measured.predict(sources()), view == View.UPRIGHT ? upright() : stored());
        }
    }

    @Test
    void fastDecodingKeepsTheView() {
        for (View view : List.of(View.UPRIGHT, View.STORED)) {
            Path file = TestModels.segmenter(folder, 1, view); // of 8 x 6, so photos are decoded at a half
            try (Segmenter exact = Segmenter.open(file);
                    Segmenter fast =
                            Segmenter.open(file, ModelOptions.defaults().withFastDecode(true))) {
                for (ImageSource source : sources()) {
                    Segmentation answer = fast.predict(source);
                    assertThat(answer.classMap())
                            .isEqualTo(exact.predict(source).classMap());
                }
            }
        }
    }

    @Test
    void anUnknownWordInAFileIsNamed() {
        Map<String, String> entries = new HashMap<>(
                TestModels.info(Task.SEGMENTATION, TestModels.cropTo(4)).toMetadata());
        assertThat(entries).doesNotContainKey("elastic.preprocessing.exif");
        entries.put("elastic.preprocessing.exif", "sideways");
        Path file = TinyNetworks.segmenter(1, 4, 4, new float[3][3], new float[3])
                .metadata(entries)
                .write(folder.resolve("odd.onnx"));
        assertThatThrownBy(() -> Model.open(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'elastic.preprocessing.exif' cannot be read")
                .hasMessageContaining("'sideways' must be one of apply, ignore");
    }

    /** Takes the photos as they are, at every size. */
    private static Path segmenter(Path folder, View view) {
        int side = TurnedPhotos.WIDTH;
        Preprocessing whole = TestModels.fit(Preprocessing.Fit.PAD, side, side).withView(view);
        return TestModels.segmenter(folder.resolve("whole.onnx"), whole);
    }

    private static ModelOptions as(Orientation orientation) {
        return ModelOptions.defaults().withOrientation(orientation);
    }

    private List<ImageSource> sources() {
        return IntStream.rangeClosed(1, TurnedPhotos.ORIENTATIONS)
                .mapToObj(orientation -> ImageSource.of(TurnedPhotos.file(photos, orientation)))
                .toList();
    }

    private List<Segmentation> streamed(Segmenter model) {
        List<Segmentation> answers = new ArrayList<>();
        FrameStream.run(
                model, FrameSource.folder(photos), StreamOptions.everyFrame(), answer -> answers.add(answer.answer()));
        return answers;
    }

    private List<Segmentation> batched(Segmenter model) {
        try (DynamicBatcher<Segmentation> batcher = new DynamicBatcher<>(model, BatcherOptions.defaults())) {
            return IntStream.rangeClosed(1, TurnedPhotos.ORIENTATIONS)
                    .mapToObj(orientation -> batcher.predict(ImageSource.of(TurnedPhotos.jpeg(orientation), "upload")))
                    .toList();
        }
    }

    private static List<IndexImage> upright() {
        return IntStream.rangeClosed(1, TurnedPhotos.ORIENTATIONS)
                .mapToObj(orientation -> TurnedPhotos.uprightClasses())
                .toList();
    }

    private static List<IndexImage> stored() {
        return IntStream.rangeClosed(1, TurnedPhotos.ORIENTATIONS)
                .mapToObj(TurnedPhotos::storedClasses)
                .toList();
    }

    private static void assertSame(List<Segmentation> answers, List<IndexImage> expected) {
        assertThat(answers).hasSameSizeAs(expected);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).width())
                    .as("photo %d", i + 1)
                    .isEqualTo(expected.get(i).width());
            assertThat(answers.get(i).classMap())
                    .as("photo %d", i + 1)
                    .isEqualTo(expected.get(i).indices());
        }
    }
}
