package org.elasticvision.train.distributed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MeetingTest {
    private static Rank rank(int index, int port, String run) {
        return new Rank(index, 2, index, 2, "127.0.0.1", port, Optional.of(run));
    }

    private static ServerSocket taken() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** The launcher's own port is taken, and so may be those after it, by whatever else. */
    @Test
    void findsTheFirstRankOfItsRun() throws IOException {
        try (ServerSocket launcher = taken();
                Meeting other = Meeting.host(rank(0, launcher.getLocalPort(), "other/0"), 1111);
                Meeting meeting = Meeting.host(rank(0, launcher.getLocalPort(), "mine/0"), 2222)) {
            assertThat(Meeting.find(rank(1, launcher.getLocalPort(), "mine/0"), Duration.ofSeconds(20)))
                    .isEqualTo(2222);
            assertThat(Meeting.find(rank(1, launcher.getLocalPort(), "other/0"), Duration.ofSeconds(20)))
                    .isEqualTo(1111);
        }
    }

    @Test
    void saysWhereItHasLooked() throws IOException {
        try (ServerSocket launcher = taken()) {
            int port = launcher.getLocalPort();
            assertThatThrownBy(() -> Meeting.find(rank(1, port, "mine/0"), Duration.ofMillis(1)))
                    .isInstanceOf(ElasticVisionException.class)
                    .hasMessageContaining("127.0.0.1, ports " + (port + 1));
        }
    }
}
