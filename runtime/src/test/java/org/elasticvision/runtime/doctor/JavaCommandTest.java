package org.elasticvision.runtime.doctor;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JavaCommandTest {
    @Test
    void settingsAreKeptButNotWhatTwoProcessesCannotShare() {
        assertThat(JavaCommand.kept(List.of(
                        "-Xmx8g",
                        "-Djava.io.tmpdir=/scratch",
                        "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
                        "-javaagent:jacoco.jar",
                        "-Dcom.sun.management.jmxremote.port=9010",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-XX:+UseZGC")))
                .containsExactly(
                        "-Djava.io.tmpdir=/scratch",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED");
    }

    @Test
    void crashesLeaveNothingInTheFolderOfTheUser() {
        List<String> options = List.of("-XX:ErrorFile=/scratch/crash.log");
        List<String> command = JavaCommand.of(CheckupMain.class, options, List.of("a", "b"));
        assertThat(command).contains("-XX:ErrorFile=/scratch/crash.log", "-XX:-CreateCoredumpOnCrash");
        assertThat(command).endsWith(CheckupMain.class.getName(), "a", "b");
    }
}
