package org.elasticvision.train.cli.ranks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/** How ranks are ended that do not end by themselves. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the processes are sh's")
class LocalRanksTest {
    private static Process start(String command) throws IOException {
        return new ProcessBuilder("sh", "-c", command).start();
    }

    @Test
    @Timeout(300)
    void aStoppedRankIsEndedSoonAfterAnotherHasFoundOut() throws Exception {
        Process stopped = start("kill -STOP $$");
        Process other = start("exit " + RankSession.OTHER_LOST);
        try {
            LocalRanks.endOthers(List.of(stopped, other), Duration.ofDays(1));
            assertThat(stopped.waitFor()).isGreaterThan(128); // by a signal
            assertThat(other.exitValue()).isEqualTo(RankSession.OTHER_LOST);
        } finally {
            stopped.destroyForcibly();
        }
    }

    @Test
    @Timeout(300)
    void whatARankSaysOfItselfIsWaitedFor() throws Exception {
        Process other = start("exit " + RankSession.OTHER_LOST);
        Process failing = start("sleep 1; exit 1");
        LocalRanks.endOthers(List.of(other, failing), Duration.ofDays(1));
        assertThat(failing.waitFor()).isEqualTo(1);
    }
}
