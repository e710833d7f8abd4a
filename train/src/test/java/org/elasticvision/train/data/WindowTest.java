package org.elasticvision.train.data;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.image.resample.Span;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WindowTest {
    @Test
    void aLongSideIsCroppedAnywhere() {
        assertThat(all(7, 5)).containsExactly(window(7, 0, 5, 0), window(7, 1, 5, 0), window(7, 2, 5, 0));
        assertThat(all(5, 5)).containsExactly(window(5, 0, 5, 0));
    }

    @Test
    void aShortSideIsPaddedByHalfRoundedUpAtBothEnds() {
        // lacks 2: one at each end, nothing to choose
        assertThat(all(3, 5)).containsExactly(window(3, 0, 3, 1));
        // lacks 3: two at each end, so one is left to choose
        assertThat(all(2, 5)).containsExactly(window(2, 0, 2, 2), window(2, 0, 2, 1));
        // lacks 1: one at each end, and the choice may cut a pixel of neither
        assertThat(all(4, 5)).containsExactly(window(4, 0, 4, 1), window(4, 0, 4, 0));
        assertThat(all(1, 2)).containsExactly(window(1, 0, 1, 1), window(1, 0, 1, 0));
    }

    private static List<Window> all(int length, int crop) {
        List<Window> windows = new ArrayList<>();
        int[] bound = {1};
        for (int choice = 0; choice < bound[0]; choice++) {
            int chosen = choice;
            windows.add(Window.random(length, crop, new java.util.random.RandomGenerator() {
                @Override
                public int nextInt(int below) {
                    bound[0] = below;
                    return chosen;
                }

                @Override
                public long nextLong() {
                    throw new AssertionError();
                }
            }));
        }
        return windows;
    }

    private static Window window(int length, int from, int count, int at) {
        return new Window(new Span(length, from, count), at);
    }
}
