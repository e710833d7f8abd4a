import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Too little memory: for Java's heap, and for the process. */
final class Memory {
    private final Bench bench;

    Memory(Bench bench) {
        this.bench = bench;
    }

    Map<String, Chaos.Case> cases() {
        Map<String, Chaos.Case> cases = new LinkedHashMap<>();
        for (int megabytes : new int[] {8, 12, 16}) {
            cases.put("train with a heap of " + megabytes + " MB", () -> train(Command.Setting.java("-Xmx" + megabytes + "m")));
            cases.put("convert with a heap of " + megabytes + " MB", () -> convert(Command.Setting.java("-Xmx" + megabytes + "m")));
        }
        for (int megabytes : new int[] {800, 1600, 3200}) {
            String limit = "--as=" + megabytes * 1_000_000L;
            Command.Setting setting = new Command.Setting(
                    java.util.List.of("prlimit", limit),
                    java.util.List.of("-Xmx64m", "-XX:MaxMetaspaceSize=96m", "-XX:CompressedClassSpaceSize=32m", "-XX:ReservedCodeCacheSize=32m"),
                    Map.of());
            cases.put("train in " + megabytes + " MB of address space", () -> train(setting));
            cases.put("convert in " + megabytes + " MB of address space", () -> convert(setting));
        }
        return cases;
    }

    /** It may be enough or not: files are whole, and with more memory the run ends the same. */
    private void train(Command.Setting setting) throws IOException {
        org.elasticvision.runtime.io.draft.FileTree.delete(bench.run);
        Command command = bench.begin(setting, bench.run);
        say(command);
        if (Files.exists(bench.run)) {
            Whole.requireAll(bench.run);
        }
        bench.beginOrResume(bench.run).succeeds();
        bench.requireSameEnd(bench.run);
    }

    private void convert(Command.Setting setting) throws IOException {
        Path model = bench.fresh("memory").resolve("model.onnx");
        byte[] before = Files.readAllBytes(bench.models[0]);
        Files.write(model, before);
        say(Command.elastic(setting, "convert", bench.checkpoints[1], "-o", model));
        Whole.requireOneOf(model, before, Files.readAllBytes(bench.models[1]));
        bench.convert(1, model).succeeds();
        Moments.requireNoDrafts(model.getParent());
    }

    /** How it ended, for whoever reads the log: what a library without memory does is not ours. */
    private static void say(Command command) {
        int code = command.exitCode();
        String first = command.said().lines()
                .filter(line -> line.startsWith("elastic: ") || line.contains("rror"))
                .findFirst()
                .orElse("");
        System.out.println("chaos:   exit code " + code + " " + first);
        if (command.said().contains("\tat ")) {
            throw new Fault("a stack trace: " + command.said());
        }
    }
}
