import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.elasticvision.runtime.io.draft.FileTree;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;

/** What all cases work with: drawn pictures, a run that nothing disturbed, two checkpoints of it and the models made of them. */
final class Bench {
    /** What a run leaves that is the same each time. */
    static final List<String> SAME = List.of(
            "checkpoint.pth.tar", "model_best.pth.tar", "model.onnx", "classes.csv", "recipe.yaml");

    private static final Pattern TIMES = Pattern.compile("\"[a-z_]*(seconds|images_per_second)[a-z_]*\":[^,}]*");

    final Path work;
    final Path data;
    final Path run;
    final Path reference;
    /** Two of each: what is there before, and what takes its place. */
    final Path[] checkpoints;

    final Path[] models;
    final Path[] quantized;

    Bench(Path work) {
        this.work = work;
        data = work.resolve("data");
        run = work.resolve("runs/run");
        reference = work.resolve("reference");
        checkpoints = new Path[] {
            reference.resolve("model_best.pth.tar"), reference.resolve("checkpoint.previous.pth.tar")
        };
        models = new Path[] {work.resolve("made/a.onnx"), work.resolve("made/b.onnx")};
        quantized = new Path[] {work.resolve("made/a8.onnx"), work.resolve("made/b8.onnx")};
    }

    void prepare() throws IOException {
        ShapesDataset.write(data, new ShapesOptions(48, 12, 48, 1));
        begin(run).succeeds();
        Files.move(run, reference);
        Whole.requireAll(reference);
        Files.createDirectories(work.resolve("made"));
        for (int i = 0; i < 2; i++) {
            convert(i, models[i]).succeeds();
            quantize(i, quantized[i]).succeeds();
        }
    }

    Command begin(Path folder) {
        return begin(Command.Setting.USUAL, folder);
    }

    /** A checkpoint after each update; one thread, so that sums are rounded alike. */
    Command begin(Command.Setting setting, Path folder) {
        return Command.elastic(
                setting, "train", data, "--arch=resnext_tiny_elastic", "--input-size=48", "--epochs=3", "--batch=8",
                "--device=cpu", "--threads=1", "--save-every=1steps", "-o", folder);
    }

    Command resume(Path folder) {
        return Command.elastic("train", "--resume", folder);
    }

    /** Goes on where it was, or from the start if there was nothing to save yet. */
    Command beginOrResume(Path folder) {
        return Files.exists(folder.resolve("checkpoint.pth.tar")) ? resume(folder) : begin(folder);
    }

    Command convert(int which, Path model) {
        return Command.elastic("convert", checkpoints[which], "-o", model);
    }

    Command quantize(int which, Path model) {
        return Command.elastic(
                "quantize", models[which], data.resolve("VOC2012/JPEGImages"), "--images=8", "--cache",
                work.resolve("calibration"), "-o", model);
    }

    Command buildEngine(int which, Path engine) {
        return Command.start(Command.Setting.USUAL, "FakeTensorRt", models[0], engine, which + 1);
    }

    /** The run in a folder ended as the one that nothing disturbed: weights, optimizer, figures and model, to the bit. */
    void requireSameEnd(Path folder) throws IOException {
        Moments.requireNoDrafts(folder);
        if (Files.exists(folder.resolve(".lock"))) {
            throw new Fault(folder + " is still locked");
        }
        Whole.requireAll(folder);
        Whole.requireSame(folder, reference, SAME);
        if (!figures(folder).equals(figures(reference))) {
            throw new Fault(folder + ": other metrics than those of the run that was not killed");
        }
    }

    private static String figures(Path folder) throws IOException {
        return TIMES.matcher(Files.readString(folder.resolve("metrics.jsonl"))).replaceAll("");
    }

    /** An empty folder. */
    Path fresh(String name) throws IOException {
        Path folder = work.resolve(name);
        FileTree.delete(folder);
        return Files.createDirectories(folder);
    }
}
