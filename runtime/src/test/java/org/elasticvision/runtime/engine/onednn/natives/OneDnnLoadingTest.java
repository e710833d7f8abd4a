package org.elasticvision.runtime.engine.onednn.natives;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.Uninterrupted;
import org.elasticvision.runtime.engine.onednn.OneDnnRequirements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Loading the library, each time in a process that has not loaded it yet. */
@Timeout(120)
class OneDnnLoadingTest {
    private static final String SEPARATOR = System.getProperty("path.separator");

    /** Loads from many threads at the same moment, half of them ahead. Prints what they find. */
    static final class ManyAtOnce {
        private static final int THREADS = 8;

        private ManyAtOnce() {}

        public static void main(String[] arguments) {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<FutureTask<String>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                boolean isAhead = i % 2 == 0;
                FutureTask<String> task = new FutureTask<>(() -> {
                    start.await();
                    if (isAhead) {
                        OneDnn.loadAhead();
                    }
                    return OneDnn.version() + " " + OneDnn.cpu().address();
                });
                all.add(task);
                new Thread(task).start();
            }
            all.forEach(task -> System.out.println(Uninterrupted.result(task)));
        }
    }

    @Test
    void manyThreadsThatLoadAtOnceFindTheSame() throws Exception {
        OneDnnRequirements.assumeThatItLoads();
        List<String> lines = run(System.getProperty("java.class.path"), ManyAtOnce.class);
        assertThat(lines).hasSize(ManyAtOnce.THREADS);
        assertThat(lines)
                .containsOnly(OneDnn.version()
                        + lines.get(0).substring(OneDnn.version().length()));
    }

    /** Loads three times; given an argument, ahead first. */
    static final class Again {
        private Again() {}

        public static void main(String[] arguments) {
            if (arguments.length > 0) {
                OneDnn.loadAhead();
            }
            for (int i = 0; i < 3; i++) {
                try {
                    OneDnn.load();
                    System.out.println("loaded");
                } catch (ElasticVisionException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    @Test
    void aLibraryThatIsNotThereIsToldAlikeHoweverItWasTried() throws Exception {
        String without = Arrays.stream(System.getProperty("java.class.path").split(SEPARATOR))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("dnnl"))
                .collect(Collectors.joining(SEPARATOR));
        List<String> lines = run(without, Again.class);
        assertThat(lines).hasSize(3).allSatisfy(line -> assertThat(line)
                .startsWith("oneDNN's native library cannot be loaded on ")
                .endsWith("use --provider cpu"));
        assertThat(run(without, Again.class, "ahead")).isEqualTo(lines);
    }

    private static List<String> run(String classPath, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.lines().toList();
    }
}
