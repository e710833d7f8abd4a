package org.elasticvision.runtime.engine.tensorrt;

import org.bytedeco.cuda.cudart.cudaHostFn_t;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.tensorrt.nvinfer.INoCopy;
import org.bytedeco.tensorrt.nvinfer.IRuntime;

/**
 * Deletes TensorRT's objects. What its factories return, JavaCPP takes for borrowed: {@code deallocate()} only forgets the
 * address, and GPU memory would leak with each engine that is closed.
 *
 * <p>JavaCPP does have a compiled {@code delete} for each class, but uses it only for objects that were made by
 * {@code new}. The one of {@link IRuntime} is taken here, from an empty one. It fits all of them: they have no base but
 * {@link INoCopy}, whose destructor is virtual. It is called as any C function that takes an address.
 */
public final class TensorRtObjects {
    private TensorRtObjects() {}

    /**
     * Deletes an object that a factory of TensorRT returned; the Java object is null from then on. Null is let pass.
     *
     * @param object may be null
     */
    public static void delete(INoCopy object) {
        if (object != null && !object.isNull()) {
            Delete.FUNCTION.call(object);
            object.setNull();
        }
    }

    /** JavaCPP's form of a function pointer: the address of a place that holds the function's address. */
    private static final class Delete {
        private static final LongPointer PLACE = new LongPointer(EmptyRuntime.deleteFunction(), 0);
        static final cudaHostFn_t FUNCTION = new cudaHostFn_t(PLACE);
    }

    /** What the compiler makes of the interface alone; deleting it frees its own few bytes. */
    private static final class EmptyRuntime extends IRuntime {
        static long deleteFunction() {
            try (EmptyRuntime runtime = new EmptyRuntime()) {
                return runtime.function();
            }
        }

        private long function() {
            return ((NativeDeallocator) deallocator()).deallocatorAddress();
        }
    }
}
