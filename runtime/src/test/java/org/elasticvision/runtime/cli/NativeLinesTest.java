package org.elasticvision.runtime.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.cli.output.Terminal;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.TestJpegs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** In processes of their own, as native libraries write past System.err. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class NativeLinesTest {
    private static final String OURS = "caf\u00E9";

    @TempDir
    Path folder;

    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                Damaged.class.getName());
    }

    @Test
    void aPipeGetsOnlyWhatJavaSays() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command()).redirectErrorStream(true).start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("before " + OURS + "\nafter\nstandard output\n");
        assertThat(process.waitFor()).isZero();
    }

    /** Else a line of one would lie over a line of the other. */
    @Test
    void aFileOfBothStreamsKeepsAllLines() throws IOException, InterruptedException {
        Path both = folder.resolve("both.txt");
        assertThat(new ProcessBuilder(command())
                        .redirectErrorStream(true)
                        .redirectOutput(both.toFile())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(both)
                .content()
                .contains("before " + OURS + "\n", "after\n", "standard output\n", "Corrupt JPEG data");
    }

    /** Or progress bars would never be shown. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aTerminalIsStillKnownAsOneAfterwards() throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/script")).isExecutable(); // runs a command in a terminal of its own
        Path transcript = folder.resolve("transcript");
        List<String> java = command().subList(0, command().size() - 1);
        Process process = new ProcessBuilder(
                        "/usr/bin/script",
                        "-qec",
                        String.join(" ", java) + " '" + Asked.class.getName() + "'",
                        transcript.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines("true true\n");
        assertThat(process.waitFor()).isZero();
    }

    /** Says whether its streams are a terminal. */
    static final class Asked {
        private Asked() {}

        public static void main(String[] arguments) {
            NativeLines.drop();
            NativeLines.dropFromOutput();
            System.out.println(Terminal.isOut() + " " + Terminal.isErr());
        }
    }

    /** Decodes a picture with bytes too many at its end, of which libjpeg complains. */
    static final class Damaged {
        private Damaged() {}

        public static void main(String[] arguments) {
            System.err.println("before " + OURS);
            byte[] jpeg = TestJpegs.baseline(TestJpegs.picture(64, 48));
            byte[] longer = new byte[jpeg.length + 100];
            System.arraycopy(jpeg, 0, longer, 0, jpeg.length - 2);
            longer[longer.length - 2] = jpeg[jpeg.length - 2];
            longer[longer.length - 1] = jpeg[jpeg.length - 1];
            NativeLines.drop();
            ImageSource.of(longer, "photo").decode(Orientation.APPLY_EXIF);
            System.err.println("after");
            System.out.println("standard output");
        }
    }
}
