package org.elasticvision.convert.tensorrt;

import java.lang.reflect.Constructor;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.INoCopy;

/**
 * C++'s {@code delete} for objects that TensorRT made. JavaCPP has it for every class, but attaches it only to objects that
 * Java made: closing one that TensorRT handed out frees nothing.
 */
final class Deletion {
    private Deletion() {}

    /** All of TensorRT's classes inherit one virtual destructor, so that what deletes one of them deletes the others. */
    static void delete(INoCopy object) {
        call(Deleter.ADDRESS, object.address());
        object.setNull();
    }

    /** Calls a native function {@code void (*)(void*)}, as JavaCPP does to free what it made. */
    static void call(long function, long argument) {
        Call.call(function, argument);
    }

    /** A subclass, because JavaCPP lets nobody else see its deallocators. */
    private static final class Call extends Pointer {
        private static final Constructor<NativeDeallocator> CONSTRUCTOR = constructor();

        /** JavaCPP's list of what to free when it is collected must never hear of it. */
        private static final Pointer NEVER_COLLECTED = new Pointer();

        static void call(long function, long argument) {
            try {
                CONSTRUCTOR.newInstance(NEVER_COLLECTED, argument, function).deallocate();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("JavaCPP is another than this was written for", e);
            }
        }

        private static Constructor<NativeDeallocator> constructor() {
            try {
                Constructor<NativeDeallocator> constructor =
                        NativeDeallocator.class.getDeclaredConstructor(Pointer.class, long.class, long.class);
                constructor.setAccessible(true);
                return constructor;
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("JavaCPP is another than this was written for", e);
            }
        }
    }

    /** An object that Java made, for its deallocator. */
    private static final class Deleter extends IHostMemory {
        static final long ADDRESS = address(new Deleter());

        private static long address(Deleter specimen) {
            try (specimen) {
                if (specimen.deallocator() instanceof NativeDeallocator function) {
                    return function.deallocatorAddress();
                }
                throw new IllegalStateException("JavaCPP is another than this was written for");
            }
        }
    }
}
