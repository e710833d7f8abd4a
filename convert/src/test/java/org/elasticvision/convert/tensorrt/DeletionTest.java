package org.elasticvision.convert.tensorrt;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The way into JavaCPP that {@link Deletion} takes is still there, and calls what it is given. */
class DeletionTest {
    private static final long LARGE = 256L << 20;

    /** As {@link Deletion} finds the function that frees TensorRT's objects. */
    private static final class Specimen extends BytePointer {
        Specimen() {
            super(1L);
        }

        long deleter() {
            return ((NativeDeallocator) deallocator()).deallocatorAddress();
        }
    }

    @Test
    void memoryThatJavaDidNotMakeIsFreed() {
        long deleter;
        try (Specimen specimen = new Specimen()) {
            deleter = specimen.deleter();
        }
        Pointer foreign = Pointer.malloc(LARGE);
        Pointer.memset(foreign, 1, LARGE); // so that it is really there
        long before = Pointer.physicalBytes();
        Deletion.call(deleter, foreign.address());
        assertThat(before - Pointer.physicalBytes()).isGreaterThan(LARGE / 2);
    }
}
