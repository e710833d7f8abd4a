import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescriptionFile;
import org.elasticvision.runtime.io.ContentHash;
import org.elasticvision.runtime.io.draft.FileTree;

/** Commands that are killed at random moments, and started again. */
final class Kills {
    private static final int KILLS_OF_A_RUN = 5;

    private final Bench bench;
    private final long seed;

    Kills(Bench bench, long seed) {
        this.bench = bench;
        this.seed = seed;
    }

    /** Each run is killed some times and resumed each time, and must end as if nothing had been. */
    void train(int kills, Runnable kept) throws IOException {
        Moments moments = new Moments(seed, "train");
        for (int killed = 0; killed < kills; ) {
            FileTree.delete(bench.run);
            boolean ended = false;
            for (int i = 0; i < KILLS_OF_A_RUN && killed < kills && !ended; i++) {
                Command command = bench.beginOrResume(bench.run);
                moments.await(command, bench.run, 200, 4000, 20);
                if (command.kill()) {
                    killed++;
                    if (Files.exists(bench.run)) {
                        Whole.requireAll(bench.run);
                    }
                    kept.run();
                } else {
                    command.succeeds();
                    ended = true;
                }
            }
            bench.beginOrResume(bench.run).succeeds();
            bench.requireSameEnd(bench.run);
        }
    }

    void convert(int kills, Runnable kept) throws IOException {
        Path model = bench.fresh("convert").resolve("model.onnx");
        oneOrTheOther("convert", kills, kept, model, bench.models, bench::convert);
    }

    void quantize(int kills, Runnable kept) throws IOException {
        Path model = bench.fresh("quantize").resolve("model.onnx");
        oneOrTheOther("quantize", kills, kept, model, bench.quantized, (which, to) -> {
            FileTree.delete(bench.work.resolve("calibration")); // so that it is measured and written each time
            return bench.quantize(which, to);
        });
    }

    /** A file is written over by another one and back, and each time the writer is killed. */
    private void oneOrTheOther(
            String name, int kills, Runnable kept, Path file, Path[] wanted, BiFunction<Integer, Path, Command> command)
            throws IOException {
        Moments moments = new Moments(seed, name);
        byte[] first = Files.readAllBytes(wanted[0]);
        byte[] second = Files.readAllBytes(wanted[1]);
        Files.write(file, first);
        for (int killed = 0, round = 1; killed < kills; round++) {
            Command writer = command.apply(round % 2, file);
            moments.await(writer, file.getParent(), 200, 2500, 1);
            if (writer.kill()) {
                killed++;
                kept.run();
            }
            if (!Files.exists(file)) {
                throw new Fault(file + " is gone");
            }
            Whole.requireOneOf(file, first, second);
        }
        command.apply(0, file).succeeds();
        Whole.requireOneOf(file, first);
        Moments.requireNoDrafts(file.getParent());
    }

    /** Two files of one engine cannot take their places at once: where one is new and the other old, that is found out. */
    void buildEngine(int kills, Runnable kept) throws IOException {
        Moments moments = new Moments(seed, "build-engine");
        Path engine = bench.fresh("engine").resolve("model.engine");
        Path description = engine.resolveSibling("model.engine.json");
        bench.buildEngine(0, engine).succeeds();
        byte[][] engines = {Files.readAllBytes(engine), null};
        bench.buildEngine(1, engine).succeeds();
        engines[1] = Files.readAllBytes(engine);
        for (int killed = 0, round = 0; killed < kills; round++) {
            Command builder = bench.buildEngine(round % 2, engine);
            moments.await(builder, engine.getParent(), 200, 1500, 2);
            if (builder.kill()) {
                killed++;
                kept.run();
            }
            Whole.requireOneOf(engine, engines);
            String described = EngineDescriptionFile.read(description).engineSha256();
            if (!described.equals(ContentHash.ofFile(engine))) {
                Command.elastic("predict", engine, bench.data.resolve("VOC2012/JPEGImages/val_000001.png"))
                        .fails("is not the engine that");
            }
        }
        bench.buildEngine(0, engine).succeeds();
        Whole.requireOneOf(engine, engines[0]);
        Moments.requireNoDrafts(engine.getParent());
    }
}
