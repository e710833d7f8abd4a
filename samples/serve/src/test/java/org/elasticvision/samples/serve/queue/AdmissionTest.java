package org.elasticvision.samples.serve.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.RequestRefused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who is let in where images take 10 ms, by a clock that the test moves. */
class AdmissionTest {
    private static final int PLACES = 9;

    private final Pace pace = new Pace();
    private final Deque<Double> inside = new ArrayDeque<>();
    private long now = 1;
    private Admission admission = admission(1, Optional.empty());

    private Admission admission(int concurrent, Optional<Duration> patience) {
        Limits limits = new Limits(1, concurrent, PLACES - concurrent, 1, Duration.ofSeconds(30), patience, 10);
        return new Admission(limits, () -> now);
    }

    @BeforeEach
    void know() {
        pace.add(TimeUnit.MILLISECONDS.toNanos(10), 1);
    }

    @Test
    void manyAtOnceAreLetInUpToTheirNumber() {
        assertThat(enterAll()).isEqualTo(PLACES);
        assertThatThrownBy(this::enter)
                .isInstanceOf(RequestRefused.class)
                .hasMessage("the server is busy: 9 requests are in hand; try again in a moment");
    }

    @Test
    void whereSomebodyHasWaitedForASecondOnlyOneMayWait() {
        overload();
        leaveAll();
        assertThat(enterAll()).isEqualTo(2);
        assertThatThrownBy(() -> admission.check(pace))
                .isInstanceOfSatisfying(RequestRefused.class, refused -> assertThat(refused.headers())
                        .containsEntry("Retry-After", "1"))
                .hasMessageStartingWith("the server is overloaded");
    }

    @Test
    void ofSeveralTurnsEachMayHaveHalfAWaiterMore() {
        admission = admission(4, Optional.empty());
        overload();
        leaveAll();
        assertThat(enterAll()).isEqualTo(7);
    }

    @Test
    void theOverloadIsOverWhenASecondHasPassedWithoutARefusal() {
        overload();
        leaveAll();
        enterAll();
        leaveAll();
        pass(900);
        assertThat(enterAll()).isEqualTo(2);
        leaveAll();
        pass(1100);
        assertThat(enterAll()).isEqualTo(PLACES);
    }

    @Test
    void aMomentWithoutAnybodyWaitingIsNoOverload() {
        enterAll();
        pass(900);
        leaveAll();
        enter();
        pass(900);
        assertThat(enterAll()).isEqualTo(PLACES - 1);
    }

    @Test
    void thePatienceThatIsGivenCounts() {
        admission = admission(1, Optional.of(Duration.ofMillis(35)));
        overload();
        leaveAll();
        assertThat(enterAll()).isEqualTo(5); // 5 ms of the one that is worked on and 10 of each of four
    }

    @Test
    void aModelOfWhichNothingIsKnownWaitsBehindItsLikeAndNotBehindOthers() {
        Pace unknown = new Pace();
        overload();
        leaveAll();
        admission.enter(unknown);
        admission.enter(unknown);
        admission.check(unknown);
        enter();
        assertThatThrownBy(() -> admission.check(unknown)).isInstanceOf(RequestRefused.class);
    }

    /** Somebody has waited for a second, and one more has been refused for it. */
    private void overload() {
        for (int i = 0; i < PLACES - 1; i++) {
            enter();
        }
        pass(1001);
        assertThatThrownBy(this::enter).isInstanceOf(RequestRefused.class);
    }

    private void enter() {
        inside.add(admission.enter(pace));
    }

    private int enterAll() {
        int before = inside.size();
        try {
            while (inside.size() <= PLACES) {
                enter();
            }
        } catch (RequestRefused full) {
            // as many as there are places
        }
        return inside.size() - before;
    }

    private void leaveAll() {
        while (!inside.isEmpty()) {
            admission.leave(inside.remove());
        }
    }

    private void pass(long milliseconds) {
        now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }
}
