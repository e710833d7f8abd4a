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

    /** Both do the same, so that whichever writes last, the run ends as that of one. */
    private void oneRun() throws Exception {
        FileTree.delete(bench.run);
        Command first = bench.begin(bench.run);
        while (first.isAlive() && !Files.exists(bench.run.resolve("checkpoint.previous.pth.tar"))) {
            Thread.onSpinWait();
        }
        first.kill();
        succeed(i -> bench.resume(bench.run), 2);
        bench.requireSameEnd(bench.run);
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
