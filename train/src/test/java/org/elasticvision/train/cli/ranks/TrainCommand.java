package org.elasticvision.train.cli.ranks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.elasticvision.runtime.cli.Elastic;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code elastic train} as a process: this class path in a Java of its own or, where the property of that name says so, the script. */
final class TrainCommand {
    private static final String SCRIPT = "elasticvision.command";

    private TrainCommand() {}

    /** {@return its words, of a run that is small enough for a test} */
    static List<String> of(Path data, Path run, String... more) {
        List<String> words = of(
                data.toString(),
                "--arch=resnext_tiny_elastic",
                "--input-size=32",
                "--batch=8",
                "--threads=1",
                "-o",
                run.toString());
        words.addAll(List.of(more));
        return words;
    }

    static List<String> of(String... arguments) {
        String script = System.getProperty(SCRIPT, "");
        List<String> words = new ArrayList<>(
                script.isEmpty()
                        ? List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx256m",
                                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Elastic.class.getName())
                        : List.of(script));
        Stream.concat(Stream.of("train"), Stream.of(arguments)).forEach(words::add);
        return words;
    }

    /** Starts it, with all that it says in one file. */
    static Process start(Path log, List<String> words) throws IOException {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** {@return all that it has said, once it has ended} */
    static String end(Process process, Path log) throws IOException, InterruptedException {
        boolean isEnded = process.waitFor(4, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(log);
        assertThat(isEnded).as(said).isTrue();
        return said;
    }
}
