package org.elasticvision.runtime.engine;

import java.nio.FloatBuffer;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Compares what two engines make of the same random inputs. */
public final class Answers {
    private Answers() {}

    /** Runs both with a batch and compares each number. */
    public static void assertSame(Engine engine, Engine reference, int batch, float tolerance) {
        assertSame(engine, reference, batch, largest -> tolerance);
    }

    /** As {@link #assertSame}, within a share of the largest number. */
    public static void assertNear(Engine engine, Engine reference, int batch, float share) {
        assertSame(engine, reference, batch, largest -> largest * share);
    }

    private interface Tolerance {
        float of(float largest);
    }

    private static void assertSame(Engine engine, Engine reference, int batch, Tolerance allowed) {
        FloatBuffer input = DirectBuffers.floats(batch * reference.inputShape().itemElements());
        Random random = new Random(batch);
        for (int i = 0; i < input.capacity(); i++) {
            input.put(i, (float) random.nextGaussian());
        }
        FloatBuffer expected =
                DirectBuffers.floats(batch * reference.outputShape().itemElements());
        FloatBuffer actual = DirectBuffers.floats(expected.capacity());
        reference.run(input, expected, batch);
        engine.run(input, actual, batch);
        float largest = 0;
        for (int i = 0; i < expected.capacity(); i++) {
            largest = Math.max(largest, Math.abs(expected.get(i)));
        }
        float tolerance = allowed.of(largest);
        for (int i = 0; i < expected.capacity(); i++) {
            assertThat(actual.get(i)).as("number " + i).isCloseTo(expected.get(i), within(tolerance));
        }
    }
}
