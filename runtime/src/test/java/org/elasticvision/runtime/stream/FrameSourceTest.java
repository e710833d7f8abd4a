package org.elasticvision.runtime.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.Classifier;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.Segmenter;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.video.VideoWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class FrameSourceTest {
    private static final List<String> COLORS = List.of("red", "green", "blue");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {TensorShape.ANY, 1, 4})
    void aFolderIsClassified(int batch) throws IOException {
        Path photos = Files.createDirectories(folder.resolve("photos/more")).getParent();
        for (int i = 0; i < 10; i++) {
            PngFiles.write(color(i), photos.resolve((i < 5 ? "" : "more/") + i + ".png"));
        }
        Files.writeString(photos.resolve("notes.txt"), "no image");
        Files.writeString(photos.resolve(".hidden.png"), "no image");
        List<String> seen = new ArrayList<>();
        try (Classifier model = Classifier.open(
                TestModels.classifier(folder, batch), ModelOptions.defaults().withBatch(3))) {
            FrameStream.run(
                    model,
                    FrameSource.folder(photos),
                    StreamOptions.everyFrame(),
                    answer -> seen.add(
                            Path.of(answer.frame().image().name()).getFileName() + " " + best(answer.answer())));
        }
        assertThat(seen)
                .containsExactly(
                        "0.png red",
                        "1.png green",
                        "2.png blue",
                        "3.png red",
                        "4.png green",
                        "5.png blue",
                        "6.png red",
                        "7.png green",
                        "8.png blue",
                        "9.png red");
    }

    @Test
    void aVideoIsSegmented() {
        Path video = folder.resolve("video.avi");
        VideoWriter.write(video, 25, frames -> {
            for (int i = 0; i < 12; i++) {
                frames.write(color(i));
            }
        });
        List<String> seen = new ArrayList<>();
        try (Segmenter model = Segmenter.open(TestModels.segmenter(folder, 1));
                FrameSource frames = FrameSource.video(video)) {
            FrameStream.run(model, frames, StreamOptions.everyFrame(), answer -> {
                Segmentation segmentation = answer.answer();
                RgbImage picture = answer.frame().image().decode(Orientation.IGNORE_EXIF);
                assertThat(segmentation.overlay(picture, 0.5).width()).isEqualTo(picture.width());
                seen.add(segmentation.areas().get(0).label().name());
            });
        }
        assertThat(seen).hasSize(12);
        for (int i = 0; i < 12; i++) {
            assertThat(seen.get(i)).isEqualTo(COLORS.get(i % 3));
        }
    }

    @Test
    void aLambdaAndAModelOfAnyTask() {
        List<Prediction> seen = new ArrayList<>();
        int[] left = {3};
        try (Classifier model = Classifier.open(TestModels.classifier(folder, 1))) {
            FrameSource frames = () -> left[0]-- == 0 ? Optional.empty() : Optional.of(ImageSource.of(color(0), "red"));
            FrameStream.<Prediction>run(model, frames, StreamOptions.everyFrame(), answer -> seen.add(answer.answer()));
        }
        assertThat(seen).hasSize(3).allSatisfy(answer -> assertThat(best((Classification) answer))
                .isEqualTo("red"));
    }

    @Test
    void aLimitedSourceIsAskedForNoMore() {
        int[] asked = {0};
        FrameSource endless = () -> Optional.of(Frames.frame(asked[0]++));
        FrameSource source = endless.limit(3);
        List<Integer> seen = new ArrayList<>();
        FrameStream.run(Frames.numbers(1), source, StreamOptions.everyFrame(), answer -> seen.add(answer.answer()));
        assertThat(seen).containsExactly(0, 1, 2);
        assertThat(asked[0]).isEqualTo(3);
        assertThatThrownBy(() -> source.limit(-1)).hasMessage("frames -1 must be at least 0");
    }

    @Test
    void whatIsNoSourceIsRefused() throws IOException {
        assertThatThrownBy(() -> FrameSource.folder(folder.resolve("none")))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage(folder.resolve("none") + " does not exist; give a folder of images");
        assertThatThrownBy(() -> FrameSource.folder(folder))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith(folder + ": no images in this folder");
        assertThatThrownBy(() -> FrameSource.video(folder.resolve("none.avi")))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("does not exist");
    }

    private static String best(Classification answer) {
        return answer.top(1).get(0).label().name();
    }

    private static RgbImage color(int number) {
        byte[] pixels = new byte[3 * 8 * 6];
        for (int i = number % 3; i < pixels.length; i += 3) {
            pixels[i] = (byte) 0xFF;
        }
        return new RgbImage(8, 6, pixels);
    }
}
