import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.elasticvision.runtime.io.draft.FileTree;

/** Several processes on one output, one cache, one run. */
final class Together {
    private static final int ROUNDS = 5;
    private static final int PROCESSES = 4;

    private final Bench bench;

    Together(Bench bench) {
        this.bench = bench;
    }

    Map<String, Chaos.Case> cases() {
        Map<String, Chaos.Case> cases = new LinkedHashMap<>();
        cases.put("four processes convert into one file", () -> oneOutput(bench.models, bench::convert));
        cases.put("four processes quantize into one file, with one cache", () -> oneOutput(bench.quantized, (which, model) -> {
            return bench.quantize(which, model);
        }));
        cases.put("four processes fill one empty cache", this::oneCache);
        cases.put("two processes resume one run", this::oneRun);
        cases.put("two processes begin a run in one folder", this::oneFolder);
        return cases;
    }

    private void oneOutput(Path[] wanted, java.util.function.BiFunction<Integer, Path, Command> command) throws IOException {
        Path model = bench.fresh("one").resolve("model.onnx");
        for (int round = 0; round < ROUNDS; round++) {
            FileTree.delete(bench.work.resolve("calibration"));
            succeed(i -> command.apply(i % 2, model), PROCESSES);
            Whole.requireOneOf(model, Files.readAllBytes(wanted[0]), Files.readAllBytes(wanted[1]));
            Moments.requireNoDrafts(model.getParent());
        }
    }

    private void oneCache() {
        Path picture = bench.data.resolve("VOC2012/JPEGImages/val_000001.png");
        for (int round = 0; round < ROUNDS; round++) {
            FileTree.delete(bench.work.resolve("cache"));
            succeed(i -> Command.elastic("predict", bench.models[0], picture), PROCESSES);
        }
    }

    private void oneRun() throws Exception {
        FileTree.delete(bench.run);
        Command first = bench.begin(bench.run);
        while (first.isAlive() && !Files.exists(bench.run.resolve("checkpoint.previous.pth.tar"))) {
            Thread.onSpinWait();
        }
        first.kill();
        oneOf(List.of(bench.resume(bench.run), bench.resume(bench.run)));
    }

    private void oneFolder() throws Exception {
        FileTree.delete(bench.run);
        oneOf(List.of(bench.begin(bench.run), bench.begin(bench.run)));
    }

    /** The run ends as that of one alone; another says in a line that the folder is taken, unless it came when the first had ended. */
    private void oneOf(List<Command> commands) throws Exception {
        List<Command> refused =
                commands.stream().filter(command -> command.exitCode() != 0).toList();
        if (refused.size() == commands.size()) {
            throw new Fault("none trains: " + commands.get(0).said());
        }
        for (Command command : refused) {
            if (command.said().lines().noneMatch(Together::saysThatItIsTaken)) {
                throw new Fault("does not say that the folder is taken: " + command.said());
            }
        }
        bench.requireSameEnd(bench.run);
    }

    private static boolean saysThatItIsTaken(String line) {
        return line.contains("another run trains in this folder") || line.contains("has a run already");
    }

    private static void succeed(IntFunction<Command> start, int processes) {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            commands.add(start.apply(i));
        }
        commands.forEach(Command::exitCode);
        commands.forEach(Command::succeeds);
    }
}
