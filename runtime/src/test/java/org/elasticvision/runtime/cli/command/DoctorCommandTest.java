package org.elasticvision.runtime.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.cli.CommandRun;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class DoctorCommandTest {
    private static final List<Finding> FINDINGS = List.of(
            Finding.ok("Java").withVersion("17.0.15").withDetail("of someone"),
            Finding.absent("TensorRT", "not installed").withRemedy("install it"),
            Finding.absent("TensorRT ONNX parser", "not installed").withRemedy("install it"),
            Finding.ok("OpenCV").withVersion("4.13.0"));

    private static CommandRun print(List<Finding> findings, String... options) {
        DoctorCommand command = new DoctorCommand();
        StringWriter out = new StringWriter();
        CommandLine commandLine = new CommandLine(command).setOut(new PrintWriter(out));
        commandLine.parseArgs(options);
        int exitCode = command.print(findings);
        return new CommandRun(exitCode, out.toString(), "");
    }

    @Test
    void linesAreAligned() {
        CommandRun run = print(FINDINGS);
        assertThat(run.outLines())
                .containsExactly(
                        "Java                  ok  17.0.15  of someone",
                        "TensorRT              -            not installed",
                        "                                   -> install it",
                        "TensorRT ONNX parser  -            not installed",
                        "                                   -> as for TensorRT",
                        "OpenCV                ok  4.13.0");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void whatIsBrokenIsExitCode1() {
        CommandRun run = print(List.of(Finding.ok("Java"), Finding.broken("OpenCV", "does not load")));
        assertThat(run.outLines()).containsExactly("Java    ok", "OpenCV  !     does not load");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void jsonIsOneObject() {
        CommandRun run = print(List.of(Finding.broken("OpenCV", "does not load")), "--json");
        assertThat(run.outLines())
                .containsExactly("{\"version\":\"" + Version.current()
                        + "\",\"ok\":false,\"checks\":[{\"name\":\"OpenCV\",\"status\":\"broken\",\"version\":null,"
                        + "\"detail\":\"does not load\",\"remedy\":null}]}");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    /**
     * The tests of this module run with ONNX Runtime and OpenCV, so the doctor must find both. Of a GPU that is there more may
     * be broken than these tests can know.
     */
    @Test
    void thisMachineIsFitToRunNetworks() {
        CommandRun run = CommandRun.of("doctor", "--json");
        JsonObject object = JsonParser.parseString(run.out()).getAsJsonObject();
        JsonArray checks = object.getAsJsonArray("checks");
        assertThat(checks).allSatisfy(check -> {
            assertThat(check.getAsJsonObject().keySet())
                    .containsExactly("name", "status", "version", "detail", "remedy");
            assertThat(check.getAsJsonObject().get("status").getAsString()).isIn("ok", "absent", "broken");
        });
        assertThat(checks)
                .extracting(check -> check.getAsJsonObject().get("name").getAsString())
                .doesNotHaveDuplicates()
                .filteredOn(name -> !name.equals("C library")) // on Linux only
                .startsWith("ElasticVision", "System", "Java", "Memory", "CPU", "CPU instructions", "ONNX Runtime")
                .contains("OpenCV", "JavaCPP cache", "Temporary folder", "User cache");
        assertThat(version(checks, "Java")).isEqualTo(System.getProperty("java.version"));
        assertThat(version(checks, "ONNX Runtime")).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(version(checks, "OpenCV")).isEqualTo(opencv_core.CV_VERSION);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(object.get("ok").getAsBoolean() ? 0 : 1);
        if (!Files.exists(Path.of("/dev/nvidia0"))) {
            assertThat(run.out()).doesNotContain("\"status\":\"broken\"");
            assertThat(run.exitCode()).isZero();
        }
    }

    private static String version(JsonArray checks, String name) {
        return checks.asList().stream()
                .map(check -> check.getAsJsonObject())
                .filter(check -> check.get("name").getAsString().equals(name))
                .findFirst()
                .orElseThrow()
                .get("version")
                .getAsString();
    }
}
