package org.elasticvision.runtime.cli.prediction;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.cli.CommandRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code predict MODEL -}, and addresses on the web. */
class InputImagesTest {
    private static final InputStream OWN = System.in;

    @TempDir
    Path folder;

    @AfterEach
    void giveBack() {
        System.setIn(OWN);
    }

    @Test
    void standardInputIsOneImageBesideFolders() throws IOException {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Files.write(photos.resolve("a.png"), png(TestModels.plain(3, 3, 0xFF0000)));
        System.setIn(new ByteArrayInputStream(png(TestModels.plain(9, 7, 0x0000FF))));
        CommandRun run = CommandRun.of("predict", "--top", 1, TestModels.classifier(folder, -1), photos, "-");
        assertThat(run.err()).isEmpty();
        assertThat(run.outLines())
                .containsExactly(photos.resolve("a.png").toString(), "  100.0 %  red", "-", "  100.0 %  blue");
    }

    @Test
    void itsPicturesAreNamedStdin() throws IOException {
        System.setIn(new ByteArrayInputStream(png(TestModels.plain(9, 7, 0x0000FF))));
        Path out = folder.resolve("out");
        CommandRun run = CommandRun.of("predict", "--json", "--overlay", out, TestModels.segmenter(folder, 1), "-");
        assertThat(run.out())
                .startsWith("{\"image\":\"-\",")
                .contains(out.resolve("stdin.overlay.png").toString());
        assertThat(out.resolve("stdin.png")).isRegularFile();
    }

    @Test
    void anEmptyOneIsSaidInOneLine() throws IOException {
        System.setIn(InputStream.nullInputStream());
        CommandRun run = CommandRun.of("predict", TestModels.classifier(folder, -1), "-");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines())
                .containsExactly(
                        "elastic: standard input is empty, and - takes an image from there; see what the command"
                                + " before the | says");
    }

    @Test
    void whatIsNotAnImageIsNamedByTheDash() throws IOException {
        System.setIn(new ByteArrayInputStream("<html>404</html>".getBytes(StandardCharsets.UTF_8)));
        CommandRun run = CommandRun.of("predict", TestModels.classifier(folder, -1), "-");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).hasSize(2);
        assertThat(run.errLines().get(0)).startsWith("elastic: -: ");
    }

    @Test
    void givenTwiceItIsRefused() {
        CommandRun run = CommandRun.of("predict", TestModels.classifier(folder, -1), "-", "-");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("elastic: - is standard input, which has one image; give it once");
    }

    @Test
    void anAddressSaysHowToFetchIt() {
        String url = "https://example.org/a.jpg?x=1&y=2";
        String message =
                "elastic: IMAGE: '" + url + "' is an address, not a file on this machine; fetch it with curl -fLo"
                        + " photo.jpg '" + url + "', or pass it on: curl -fL '" + url + "' | elastic predict MODEL -";
        Path model = TestModels.classifier(folder, -1);
        for (List<Object> words : List.<List<Object>>of(
                List.of("predict", model, url),
                List.of("predict", model, "photo.jpg", url),
                List.of("predict", "--json", model, url, "photo.jpg"))) {
            CommandRun run = CommandRun.of(words.toArray());
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errLines())
                    .as("%s", words)
                    .singleElement()
                    .asString()
                    .startsWith(message);
        }
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
