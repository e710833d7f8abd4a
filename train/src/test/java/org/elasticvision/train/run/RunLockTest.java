package org.elasticvision.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.torch.device.ChildJava;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunLockTest {
    @TempDir
    Path folder;

    @Test
    void oneRunHasTheFolderAndLeavesNothingInIt() {
        try (RunLock lock = RunLock.of(folder).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> RunLock.of(folder))
                    .isInstanceOf(ElasticVisionException.class)
                    .hasMessage(folder
                            + ": another run trains in this folder; wait until it has ended, or give another folder");
        }
        assertThat(folder).isEmptyDirectory();
        RunLock.of(folder).orElseThrow().close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aProcessThatIsKilledGivesItBack() throws IOException, InterruptedException {
        Path run = Files.createDirectory(folder.resolve("run"));
        try (ChildJava other = ChildJava.start(folder.resolve("log"), Holder.class, run.toString())) {
            other.awaitText("locked: true");
            assertThatThrownBy(() -> RunLock.of(run)).hasMessageContaining("another run trains in this folder");
            assertThatThrownBy(() -> RunLock.of(run)).as("and stays so").isInstanceOf(ElasticVisionException.class);
            other.close();
            other.exitCode();
        }
        assertThat(run.resolve(".lock")).exists();
        RunLock.of(run).orElseThrow().close();
        assertThat(run).isEmptyDirectory();
    }

    /** Locks a folder until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws InterruptedException {
            Optional<RunLock> lock = RunLock.of(Path.of(args[0]));
            System.out.println("locked: " + lock.isPresent());
            Thread.sleep(Duration.ofMinutes(2).toMillis());
        }
    }

    @Test
    void aFolderThatIsNotThereHasNone() {
        assertThat(RunLock.of(folder.resolve("missing"))).isEmpty();
        assertThat(Files.exists(folder.resolve("missing"))).isFalse();
    }
}
