package org.elasticvision.runtime.doctor;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.io.TemporaryFolder;

/** Runs a checkup in a Java process of its own. Safe for use by any number of threads. */
final class CheckupProcess {
    private static final String REMEDY = "look for other versions of its libraries (LD_LIBRARY_PATH, PATH), delete"
            + " ~/.javacpp/cache, from where libraries are loaded, and try again";

    /** Java starts processes through a helper of its own, which an emulator or a sandbox may not let it run. */
    private static final String START_REMEDY = "where it is the helper program that fails, try"
            + " JAVA_OPTS=-Djdk.lang.Process.launchMechanism=FORK; let an emulator or a sandbox run bin/java and"
            + " lib/jspawnhelper of " + System.getProperty("java.home")
            + "; 'elastic predict' says whether a model runs";

    private final Duration timeout;

    CheckupProcess(Duration timeout) {
        this.timeout = timeout;
    }

    /** Never fails: a process that crashes, hangs or cannot be started becomes a finding. */
    List<Finding> examine(Checkup checkup) {
        try (TemporaryFolder folder = TemporaryFolder.create("doctor")) {
            return examine(checkup, folder.path());
        } catch (IOException | ElasticVisionException e) {
            return List.of(Finding.broken(checkup.name(), "cannot be checked: " + e)
                    .withRemedy("make the temporary folder " + System.getProperty("java.io.tmpdir")
                            + " writable, or name another with JAVA_OPTS=-Djava.io.tmpdir=DIR"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.broken(checkup.name(), "the check was interrupted"));
        }
    }

    private List<Finding> examine(Checkup checkup, Path folder) throws IOException, InterruptedException {
        Path findings = folder.resolve("findings.json");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        // Files, not pipes: nobody has to read them meanwhile, and a grandchild that lives on keeps nobody waiting.
        ProcessBuilder child = new ProcessBuilder(JavaCommand.of(
                        CheckupMain.class,
                        List.of("-Xmx256m", "-XX:ErrorFile=" + folder.resolve("crash.log")),
                        List.of(checkup.getClass().getName(), findings.toString())))
                .redirectInput(ProcessBuilder.Redirect.from(
                        Files.createFile(folder.resolve("in")).toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Process process;
        try {
            process = child.start();
        } catch (IOException e) {
            return List.of(Finding.broken(
                            checkup.name(), "not checked, as Java cannot start a process here: " + e.getMessage())
                    .withRemedy(START_REMEDY));
        }
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return List.of(Finding.broken(checkup.name(), "gave no answer within " + seconds() + " and was stopped")
                        .withRemedy(REMEDY));
            }
        } finally {
            kill(process);
        }
        if (process.exitValue() != 0 || !Files.exists(findings)) {
            return List.of(Finding.broken(
                            checkup.name(), "crashed: " + Crash.describe(process.exitValue(), text(out), text(err)))
                    .withRemedy(REMEDY));
        }
        return read(checkup, findings);
    }

    private static List<Finding> read(Checkup checkup, Path file) throws IOException {
        try {
            return FindingJson.fromJson(JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8))
                    .getAsJsonArray());
        } catch (JsonParseException | IllegalStateException e) {
            return List.of(Finding.broken(checkup.name(), "its answer cannot be read: " + e));
        }
    }

    private static void kill(Process process) throws InterruptedException {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS); // or else it hangs in the kernel
        }
    }

    private String seconds() {
        return timeout.toMillis() / 1000.0 + " s";
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), Charset.defaultCharset());
    }
}
