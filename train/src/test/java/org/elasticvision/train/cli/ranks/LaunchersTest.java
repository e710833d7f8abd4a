package org.elasticvision.train.cli.ranks;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A run of two ranks by each launcher that is here gives the metrics that it gives with {@code --nproc}. */
class LaunchersTest {
    /** Columns of the metrics that no two runs share. */
    private static final Set<String> TIMES = Set.of("images_per_second", "seconds_waited_for_data", "seconds");

    @TempDir
    private Path folder;

    @Test
    void torchrunGivesWhatNprocGives() throws Exception {
        String torchrun = Optional.ofNullable(System.getenv("TORCHRUN")).orElse("torchrun");
        List<String> launcher =
                List.of(torchrun, "--no-python", "--nproc-per-node", "2", "--master-port", String.valueOf(freePort()));
        assumeItWorks(torchrun, "of PyTorch 2 or newer (pip install torch, or TORCHRUN names one)", launcher);
        assertGivesWhatNprocGives(launcher);
    }

    @Test
    void mpirunGivesWhatNprocGives() throws Exception {
        // env: mpirun changes the arguments of a program that is called java
        List<String> launcher = List.of("mpirun", "--allow-run-as-root", "--oversubscribe", "-n", "2", "env");
        assumeItWorks("mpirun", "of Open MPI (Debian: openmpi-bin)", launcher);
        assertGivesWhatNprocGives(launcher);
    }

    /** Some are on the path and end with an error of their own, such as Debian's torchrun on Python 3.11. */
    private void assumeItWorks(String program, String wanted, List<String> launcher) throws Exception {
        assumeTrue(isProgram(program), "there is no " + program + " " + wanted);
        Path log = folder.resolve("probe.log");
        Process probe = TrainCommand.start(log, and(launcher, List.of("true")));
        String last = TrainCommand.end(probe, log).strip().lines().reduce("", (before, line) -> line);
        assumeTrue(probe.exitValue() == 0, program + " fails by itself, wanted is one " + wanted + ": " + last);
    }

    private static boolean isProgram(String name) {
        return Stream.concat(
                        Stream.of(name).filter(path -> path.contains(File.separator)),
                        Stream.of(Optional.ofNullable(System.getenv("PATH"))
                                        .orElse("")
                                        .split(File.pathSeparator))
                                .map(path -> path + File.separator + name))
                .anyMatch(path -> Files.isExecutable(Path.of(path)));
    }

    private void assertGivesWhatNprocGives(List<String> launcher) throws Exception {
        Path data = folder.resolve("shapes");
        ShapesDataset.write(data, new ShapesOptions(32, 8, 48, 1));
        String said = run(TrainCommand.of(data, folder.resolve("nproc"), "--epochs=2", "--nproc=2"));
        assertThat(said).doesNotContain("[Gloo]");
        run(and(launcher, TrainCommand.of(data, folder.resolve("launched"), "--epochs=2")));
        assertThat(metrics("launched")).hasSize(3).isEqualTo(metrics("nproc"));
    }

    private String run(List<String> words) throws Exception {
        Path log = folder.resolve("log");
        Process process = TrainCommand.start(log, words);
        String said = TrainCommand.end(process, log);
        assertThat(process.exitValue()).as(said).isZero();
        return assertThat(said)
                .containsOnlyOnce("epoch 1/2")
                .containsOnlyOnce("epoch 2/2")
                .actual();
    }

    private List<String> metrics(String run) throws IOException {
        return withoutTimes(Files.readAllLines(folder.resolve(run).resolve("metrics.csv")));
    }

    private static List<String> withoutTimes(List<String> rows) {
        List<String> names = Arrays.asList(rows.get(0).split(",", -1));
        assertThat(names).containsAll(TIMES);
        return rows.stream()
                .map(row -> row.split(",", -1))
                .map(cells -> Stream.iterate(0, i -> i < cells.length, i -> i + 1)
                        .filter(i -> !TIMES.contains(names.get(i)))
                        .map(i -> cells[i])
                        .toList()
                        .toString())
                .toList();
    }

    private static List<String> and(List<String> launcher, List<String> words) {
        return Stream.concat(launcher.stream(), words.stream()).toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
