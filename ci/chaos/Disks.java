import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Disks that are full or read-only: small file systems in memory, which only root may mount. */
final class Disks {
    private final Bench bench;
    private final List<Path> mounted = new ArrayList<>();

    Disks(Bench bench) {
        this.bench = bench;
    }

    Map<String, Chaos.Case> cases() {
        Map<String, Chaos.Case> cases = new LinkedHashMap<>();
        cases.put("the disk gets full in the middle of a checkpoint, and the run ends the same once there is room", () -> fullInCheckpoint(25));
        cases.put("the disk gets full in the middle of the first checkpoint", () -> fullInCheckpoint(5));
        cases.put("the disk is full: convert leaves the old model", () -> full(bench.convert(1, disk("full", 1)), "full"));
        cases.put("the disk is full: quantize leaves the old model", () -> full(bench.quantize(1, disk("full", 1)), "full"));
        cases.put("the disk is full: build-engine leaves the old engine and its description", this::fullForEngine);
        cases.put("the disk of the caches is full: predict answers", () -> fullCache("size=64k"));
        cases.put("the disk of the caches is read-only: predict answers", () -> fullCache("size=1m,ro"));
        cases.put("the disk is read-only: convert leaves the old model", () -> readOnly(Words.CONVERT));
        cases.put("the disk is read-only: quantize leaves the old model", () -> readOnly(Words.QUANTIZE));
        cases.put("the disk is read-only: a run is not begun", () -> readOnly(Words.TRAIN));
        cases.put("the disk is read-only: a run is not resumed, and is as it was", this::readOnlyRun);
        cases.replaceAll((name, one) -> () -> {
            try {
                one.run();
            } finally {
                unmount();
            }
        });
        return cases;
    }

    private enum Words {
        CONVERT,
        QUANTIZE,
        TRAIN
    }

    /** A disk with an old model and room for some part of another one. */
    private Path disk(String name, int megabytes) throws IOException {
        Path disk = mount(name, "size=" + megabytes + "m");
        Path old = Files.copy(bench.models[0], disk.resolve("model.onnx"));
        fill(disk, Files.size(old) / 3);
        return old;
    }

    private void full(Command command, String name) throws IOException {
        Path disk = bench.work.resolve(name);
        command.fails("the disk is full");
        Whole.requireOneOf(disk.resolve("model.onnx"), Files.readAllBytes(bench.models[0]));
        Moments.requireNoDrafts(disk);
    }

    private void fullForEngine() throws IOException {
        Path disk = mount("engines", "size=7m");
        Path engine = disk.resolve("model.engine");
        bench.buildEngine(0, engine).succeeds();
        byte[] before = Files.readAllBytes(engine);
        byte[] description = Files.readAllBytes(disk.resolve("model.engine.json"));
        int code = bench.buildEngine(1, engine).exitCode();
        Whole.requireOneOf(engine, before);
        Whole.requireOneOf(disk.resolve("model.engine.json"), description);
        Moments.requireNoDrafts(disk);
        if (code == 0) {
            throw new Fault("ended as if it had been written");
        }
    }

    /** @param tenths of a checkpoint that fit on the disk */
    private void fullInCheckpoint(int tenths) throws IOException {
        long checkpoint = Files.size(bench.reference.resolve("checkpoint.pth.tar"));
        Path disk = mount("runs", "size=" + (checkpoint * tenths / 10));
        bench.begin(bench.run).fails("checkpoint.pth.tar: cannot be written: the disk is full");
        Whole.requireAll(bench.run);
        Moments.requireNoDrafts(bench.run);
        call("mount", "-o", "remount,size=256m", disk.toString());
        bench.beginOrResume(bench.run).succeeds();
        bench.requireSameEnd(bench.run);
    }

    private void fullCache(String options) throws IOException {
        Path disk = mount("caches", options);
        Command.Setting setting = new Command.Setting(
                List.of(), List.of(), Map.of("XDG_CACHE_HOME", disk.toString()));
        Command.elastic(setting, "predict", bench.models[0], bench.data.resolve("VOC2012/JPEGImages/val_000001.png"))
                .succeeds();
    }

    private void readOnly(Words words) throws IOException {
        Path disk = mount("locked", "size=16m");
        Path model = Files.copy(bench.models[0], disk.resolve("model.onnx"));
        call("mount", "-o", "remount,ro", disk.toString());
        Command command =
                switch (words) {
                    case CONVERT -> bench.convert(1, model);
                    case QUANTIZE -> bench.quantize(1, model);
                    case TRAIN -> bench.begin(disk.resolve("run"));
                };
        command.fails("read-only");
        Whole.requireOneOf(model, Files.readAllBytes(bench.models[0]));
    }

    private void readOnlyRun() throws IOException {
        Path disk = mount("locked", "size=256m");
        Path run = disk.resolve("run");
        call("cp", "-a", bench.reference.toString(), run.toString());
        call("mount", "-o", "remount,ro", disk.toString());
        Command.elastic("train", "--resume", run, "--epochs=4").fails("read-only");
        Whole.requireSame(run, bench.reference, Bench.SAME);
    }

    private Path mount(String name, String options) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            throw new Chaos.Skipped("only root can mount a small disk");
        }
        Path disk = Files.createDirectories(bench.work.resolve(name));
        call("mount", "-t", "tmpfs", "-o", options, "chaos", disk.toString());
        mounted.add(disk);
        return disk;
    }

    private void unmount() throws IOException {
        for (Path disk : mounted) {
            call("umount", disk.toString());
        }
        mounted.clear();
    }

    private static void fill(Path disk, long left) throws IOException {
        long room = Files.getFileStore(disk).getUsableSpace() - left;
        Files.write(disk.resolve("filling"), new byte[(int) Math.max(0, room)]);
    }

    private static void call(String... words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.onExit().join().exitValue() != 0) {
            throw new Chaos.Skipped(String.join(" ", words) + ": " + said.strip());
        }
    }
}
