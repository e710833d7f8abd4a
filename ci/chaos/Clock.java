import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticvision.runtime.io.draft.FileTree;

/** A clock that jumps while commands work, and files of times to come. */
final class Clock {
    private final Bench bench;

    Clock(Bench bench) {
        this.bench = bench;
    }

    Map<String, Chaos.Case> cases() {
        Map<String, Chaos.Case> cases = new LinkedHashMap<>();
        cases.put("train while the time of day jumps by a year and a week", this::train);
        cases.put("a killed run whose files are of the year 2099 is resumed", () -> resume(Instant.parse("2099-01-01T00:00:00Z")));
        cases.put("a killed run whose files are of 1980 is resumed", () -> resume(Instant.parse("1980-01-01T00:00:00Z")));
        cases.put("predict while the time of day jumps, with a cache of 2099", this::predict);
        return cases;
    }

    private static Command.Setting jumping() {
        String library = System.getProperty("chaos.clock", "");
        if (library.isEmpty()) {
            throw new Chaos.Skipped("there is no C compiler for what makes the clock jump");
        }
        return new Command.Setting(List.of(), List.of(), Map.of("LD_PRELOAD", library));
    }

    private void train() throws IOException {
        FileTree.delete(bench.run);
        bench.begin(jumping(), bench.run).succeeds();
        bench.requireSameEnd(bench.run);
    }

    private void resume(Instant time) throws Exception {
        FileTree.delete(bench.run);
        Command command = bench.begin(bench.run);
        while (command.isAlive() && !Files.exists(bench.run.resolve("checkpoint.previous.pth.tar"))) {
            Thread.sleep(10);
        }
        command.kill();
        touch(bench.run, time);
        bench.beginOrResume(bench.run).succeeds();
        bench.requireSameEnd(bench.run);
    }

    private void predict() throws IOException {
        Object[] words = {"predict", "--json", bench.models[0], bench.data.resolve("VOC2012/JPEGImages/val_000001.png")};
        Command.elastic(words).succeeds();
        touch(bench.work.resolve("cache"), Instant.now().plus(Duration.ofDays(30_000)));
        for (int i = 0; i < 3; i++) {
            Command.elastic(jumping(), words).succeeds();
        }
    }

    private static void touch(Path folder, Instant time) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(time));
            }
        }
    }
}
