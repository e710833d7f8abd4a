import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own, with what it says. */
final class Command {
    private static final long MOST_SECONDS = 300;
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly)));
    }

    private final Process process;
    private final Path said;

    private Command(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /** How commands are started: before Java, Java's own options, and the environment. */
    record Setting(List<String> before, List<String> java, Map<String, String> environment) {
        static final Setting USUAL = new Setting(List.of(), List.of(), Map.of());

        static Setting java(String... options) {
            return new Setting(List.of(), List.of(options), Map.of());
        }

        static Setting before(String... words) {
            return new Setting(List.of(words), List.of(), Map.of());
        }
    }

    static Command elastic(Object... words) {
        return start(Setting.USUAL, "org.elasticvision.runtime.cli.Elastic", words);
    }

    static Command elastic(Setting setting, Object... words) {
        return start(setting, "org.elasticvision.runtime.cli.Elastic", words);
    }

    static Command start(Setting setting, String main, Object... words) {
        List<String> command = new ArrayList<>(setting.before());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true"));
        command.addAll(List.of("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(Arrays.asList(System.getProperty("chaos.java").split(" ")));
        command.addAll(setting.java());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        for (Object word : words) {
            command.add(word.toString());
        }
        try {
            Path said = Files.createTempFile(Path.of(System.getProperty("chaos.work")), "said", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(said.getParent().toFile()) // where Java reports that it had no memory
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().put("XDG_CACHE_HOME", System.getProperty("chaos.work") + "/cache");
            builder.environment().put("OMP_NUM_THREADS", "1");
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().putAll(setting.environment());
            Process process = builder.start();
            STARTED.add(process);
            process.onExit().thenAccept(STARTED::remove);
            return new Command(process, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    int exitCode() {
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new Fault("does not end: " + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new Fault("interrupted");
        }
    }

    Command succeeds() {
        if (exitCode() != 0) {
            throw new Fault("exit code " + process.exitValue() + ": " + said());
        }
        return this;
    }

    /** Ends with code 1 and says why in one line, without a stack trace. */
    String fails(String pattern) {
        int code = exitCode();
        List<String> errors =
                said().lines().filter(line -> line.startsWith("elastic: ")).toList();
        boolean trace = said().lines().anyMatch(line -> line.startsWith("\tat ") || line.contains("internal error"));
        if (code != 1 || errors.size() != 1 || trace || !errors.get(0).matches(".*(" + pattern + ").*")) {
            throw new Fault("exit code " + code + ", no single clear line of '" + pattern + "': " + said());
        }
        return errors.get(0);
    }

    /** SIGKILL; false if it had ended before. */
    boolean kill() {
        boolean alive = process.isAlive();
        process.destroyForcibly();
        exitCode();
        return alive;
    }

    String said() {
        try {
            return Files.readString(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
