package org.elasticvision.runtime.engine.onednn;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ThreadChoiceTest {
    private final ThreadChoice choice = new ThreadChoice(2);

    /** {@return in how many of so many runs all threads took part} */
    private int together(int runs, long nanosTogether, long nanosAlone) {
        int together = 0;
        for (int i = 0; i < runs; i++) {
            boolean all = choice.threads() == 2;
            together += all ? 1 : 0;
            choice.took(all ? nanosTogether : nanosAlone);
        }
        return together;
    }

    @Test
    void whereAllAreFasterOneAloneIsTriedOnce() {
        int together = together(1000, 10_000, 19_000);
        assertTrue(together > 990 && together < 1000, "together " + together);
    }

    @Test
    void whereOneAloneIsFasterItIsTheRule() {
        int together = together(1000, 13_000, 10_000);
        assertTrue(together < 80, "together " + together);
    }

    @Test
    void whenOthersWantTheProcessorOneAloneRunsUntilTheyAreGone() {
        together(100, 10_000, 19_000);
        int busy = together(1000, 300_000, 20_000);
        assertTrue(busy < 60, "together " + busy);
        together(1000, 10_000, 19_000);
        int quiet = together(1000, 10_000, 19_000);
        assertEquals(1000, quiet);
    }

    @Test
    void aProcessorThatIsBusyFromTheBeginningIsSeenToo() {
        int together = together(200, 300_000, 75_000);
        assertTrue(together < 40, "together " + together);
    }

    @Test
    void oneSlowRunChangesNothing() {
        together(100, 10_000, 19_000);
        choice.took(500_000);
        assertEquals(100, together(100, 10_000, 19_000));
    }

    @Test
    void oneThreadHasNoChoice() {
        ThreadChoice single = new ThreadChoice(1);
        for (int i = 0; i < 100; i++) {
            assertEquals(1, single.threads());
            single.took(i * 1000L);
        }
    }
}
