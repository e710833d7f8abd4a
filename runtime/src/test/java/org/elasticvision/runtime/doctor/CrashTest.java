package org.elasticvision.runtime.doctor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CrashTest {
    @Test
    void theJvmKnowsMost() {
        String out =
                """
                #
                # A fatal error has been detected by the Java Runtime Environment:
                #
                #  SIGILL (0x4) at pc=0x00007f3c, pid=12, tid=13
                #
                # JRE version: OpenJDK Runtime Environment (17.0)
                # Problematic frame:
                # C  [libtorch_cpu.so+0x18b7bd]  at::native::add+0x1d
                #
                """;
        assertThat(Crash.describe(134, out, "noise"))
                .isEqualTo("SIGILL in [libtorch_cpu.so+0x18b7bd]  at::native::add+0x1d");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "132 | exit code 132, SIGILL, an instruction that this processor does not have",
                "137 | exit code 137, SIGKILL, which the system sends when memory runs out",
                "139 | exit code 139, SIGSEGV",
                "3 | exit code 3"
            })
    void elseTheExitCode(int code, String expected) {
        assertThat(Crash.describe(code, "", "")).isEqualTo(expected);
    }

    @Test
    void withTheLastThingSaid() {
        String err = "first\n  what():  no kernel image\n\tat java.base/x\nPicked up JAVA_TOOL_OPTIONS: -Da=b\n\n";
        assertThat(Crash.describe(134, "", err)).isEqualTo("exit code 134, SIGABRT (what():  no kernel image)");
        assertThat(Crash.describe(1, "", "x".repeat(1000))).hasSizeLessThan(210).endsWith("…");
    }
}
