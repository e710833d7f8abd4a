import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticvision.runtime.io.draft.FileTree;

/** Files that vanish, cannot be read or are damaged. */
final class LostFiles {
    private final Bench bench;

    LostFiles(Bench bench) {
        this.bench = bench;
    }

    Map<String, Chaos.Case> cases() {
        Map<String, Chaos.Case> cases = new LinkedHashMap<>();
        cases.put("a training image vanishes during the run, which ends the same once it is back", this::image);
        cases.put("the checkpoint of convert is cut off", this::cutOff);
        cases.put("the model of quantize is missing", () -> Command.elastic(
                        "quantize", bench.work.resolve("none.onnx"), bench.data, "-o", bench.work.resolve("none8.onnx"))
                .fails("none.onnx"));
        cases.put("a file that may not be read", this::unreadable);
        cases.put("a damaged last checkpoint is said, and the run ends the same from the one before it", () -> damaged(false));
        cases.put("a missing last checkpoint is said, and the run ends the same from the one before it", () -> damaged(true));
        cases.put("the folder of a run vanishes during it", this::folder);
        return cases;
    }

    private void image() throws IOException {
        FileTree.delete(bench.run);
        Path images = bench.data.resolve("train");
        Path away = bench.work.resolve("away");
        Command command = bench.begin(bench.run);
        awaitCheckpoint(command, bench.run);
        Files.move(images, away);
        try {
            command.fails("\\.png");
        } finally {
            Files.move(away, images);
        }
        Whole.requireAll(bench.run);
        bench.beginOrResume(bench.run).succeeds();
        bench.requireSameEnd(bench.run);
    }

    private void cutOff() throws IOException {
        Path cut = bench.fresh("cut").resolve("cut.pth.tar");
        byte[] whole = Files.readAllBytes(bench.checkpoints[0]);
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length * 2 / 3));
        Command.elastic("convert", cut, "-o", cut.resolveSibling("cut.onnx")).fails("cut.pth.tar: ");
        if (Files.exists(cut.resolveSibling("cut.onnx"))) {
            throw new Fault("a model was made of a part of a checkpoint");
        }
    }

    private void unreadable() throws IOException {
        Path locked = Files.copy(bench.checkpoints[0], bench.fresh("locked").resolve("locked.pth.tar"));
        if (!locked.toFile().setReadable(false)) {
            throw new Chaos.Skipped("this disk has no permissions");
        }
        Command.elastic(asOwner(), "convert", locked, "-o", locked.resolveSibling("x.onnx"))
                .fails("locked.pth.tar: .*permission");
    }

    /** Without root's right to read all files. */
    private static Command.Setting asOwner() {
        if (!System.getProperty("user.name").equals("root")) {
            return Command.Setting.USUAL;
        }
        if (!Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
            throw new Chaos.Skipped("root may read all files, and there is no setpriv");
        }
        String rights = "-dac_override,-dac_read_search";
        return Command.Setting.before("setpriv", "--bounding-set=" + rights, "--inh-caps=" + rights);
    }

    private void damaged(boolean missing) throws IOException {
        FileTree.delete(bench.run);
        Command command = bench.begin(bench.run);
        while (command.isAlive() && !Files.exists(bench.run.resolve("checkpoint.previous.pth.tar"))) {
            Thread.onSpinWait();
        }
        command.kill();
        Path last = bench.run.resolve("checkpoint.pth.tar");
        Path previous = bench.run.resolve("checkpoint.previous.pth.tar");
        if (missing) {
            Files.delete(last);
        } else {
            Path copy = Files.copy(last, bench.work.resolve("copy")); // it may be one file with the best
            try (RandomAccessFile file = new RandomAccessFile(copy.toFile(), "rw")) {
                file.seek(file.length() / 2);
                file.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
            }
            Files.move(copy, last, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        Command refused = bench.resume(bench.run);
        if (refused.exitCode() == 0 || !refused.said().contains("train --resume " + previous)) {
            throw new Fault("does not offer the checkpoint before: " + refused.said());
        }
        bench.resume(previous).succeeds();
        bench.requireSameEnd(bench.run);
    }

    private void folder() throws IOException {
        FileTree.delete(bench.run);
        Command command = bench.begin(bench.run);
        awaitCheckpoint(command, bench.run);
        Files.move(bench.run, bench.fresh("moved").resolve("run"));
        int code = command.exitCode();
        if (command.said().contains("\tat ")) {
            throw new Fault("a stack trace: " + command.said());
        }
        for (Path folder : List.of(bench.run, bench.work.resolve("moved/run"))) {
            if (Files.exists(folder)) {
                Whole.requireAll(folder);
            }
        }
        if (code == 0) {
            // It has made the folder anew; what was written once, at the start, is in the other place.
            Whole.requireSame(bench.run, bench.reference, List.of("checkpoint.pth.tar", "model.onnx"));
        }
    }

    private static void awaitCheckpoint(Command command, Path run) {
        while (command.isAlive() && !Files.exists(run.resolve("checkpoint.pth.tar"))) {
            Thread.onSpinWait();
        }
    }
}
