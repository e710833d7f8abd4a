package org.elasticvision.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.cli.Elastic;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.image.ImageSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What Maven brings to who embeds the runtime alone: nothing that only the command line needs. */
class WithoutCommandLineTest {
    private static final List<String> ONLY_FOR_COMMANDS = List.of("picocli", "progressbar", "HdrHistogram", "jline");

    @TempDir
    Path folder;

    /** What an application does. */
    static final class Embedding {
        private Embedding() {}

        public static void main(String[] arguments) {
            try (Classifier model = Classifier.open(Path.of(arguments[0]), ModelOptions.defaults())) {
                System.out.println(model.predict(ImageSource.of(Path.of(arguments[1])))
                        .best()
                        .label()
                        .name());
            }
            System.out.println(Provider.all());
        }
    }

    private record Run(int exitCode, List<String> lines) {}

    private static Run run(Class<?> main, Object... arguments) throws IOException, InterruptedException {
        String separator = System.getProperty("path.separator");
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(separator))
                .filter(entry -> ONLY_FOR_COMMANDS.stream()
                        .noneMatch(Path.of(entry).getFileName().toString()::startsWith))
                .collect(Collectors.joining(separator));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath));
        command.add(main.getName());
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), printed.lines().toList());
    }

    @Test
    void theApiWorks() throws Exception {
        Path photo = folder.resolve("green.png");
        ImageIO.write(TestModels.plain(8, 8, 0x00ff00), "png", photo.toFile());
        Run run = run(Embedding.class, TestModels.classifier(folder, 1), photo);
        assertThat(run.lines()).containsExactly("green", "[auto, cpu, cuda, tensorrt, onednn]");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void theCommandLineSaysInOneLineWhatToAdd() throws Exception {
        Run run = run(Elastic.class, "predict", "model.onnx", "photo.jpg");
        assertThat(run.lines())
                .singleElement()
                .asString()
                .startsWith("elastic: the command line needs libraries that"
                        + " the runtime alone does not bring: put info.picocli:picocli:");
        assertThat(run.exitCode()).isEqualTo(1);
    }
}
