package org.elasticvision.train.stop;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.elasticvision.train.torch.device.ChildJava;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
class GracefulStopTest {
    @TempDir
    private Path folder;

    /** A step that never ends, or work that looks at the signal. */
    static final class Work {
        private Work() {}

        public static void main(String[] args) throws InterruptedException {
            boolean looks = args[0].equals("looks");
            Consumer<String> say = System.out::println;
            try (GracefulStop stop = new GracefulStop(say)) {
                System.out.println("working");
                while (!looks || !stop.signal().isStopped()) {
                    Thread.sleep(10);
                }
                System.out.println("saved");
            }
        }
    }

    @Test
    void whatIsUnderWayIsFinished() throws Exception {
        try (ChildJava child = ChildJava.start(folder.resolve("log"), Work.class, "looks")) {
            child.awaitText("working");
            child.terminate();
            assertThat(child.exitCode()).isEqualTo(ChildJava.TERMINATED);
            assertThat(child.log())
                    .contains("stopping after this step", "saved")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void aSecondSignalEndsItAtOnce() throws Exception {
        try (ChildJava child = ChildJava.start(folder.resolve("log"), Work.class, "never")) {
            child.awaitText("working");
            child.terminate();
            child.awaitText("stopping after this step");
            child.terminate();
            assertThat(child.exitCode()).isEqualTo(ChildJava.TERMINATED);
            assertThat(child.log()).doesNotContain("saved");
        }
    }
}
