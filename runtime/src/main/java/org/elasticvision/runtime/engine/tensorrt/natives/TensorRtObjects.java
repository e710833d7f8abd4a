package org.elasticvision.runtime.engine.tensorrt.natives;

import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.cudart.cudaStreamCallback_t;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.INoCopy;

/**
 * Deletes TensorRT's objects. What its factories return, JavaCPP takes for borrowed: {@code deallocate()} only forgets the
 * address, and GPU memory would leak with each engine that is closed.
 *
 * <p>So this does what C++ compiles {@code delete} to: it calls the deleting destructor, which an object's table of virtual
 * functions has. All these classes have no base but {@link INoCopy}, which begins with its virtual destructor: that is the second
 * entry as compilers for Linux lay tables out (the Itanium C++ ABI), the first as Microsoft's does, which hands over a 1 for
 * "free the memory too". It holds for TensorRT 10 and 11 alike.
 */
public final class TensorRtObjects {
    private static final int DELETING_DESTRUCTOR = Loader.getPlatform().startsWith("windows") ? 0 : 1;
    private static final int FREE = 1;

    private TensorRtObjects() {}

    /**
     * Deletes an object that a factory of TensorRT returned; the Java object is null from then on. Null is let pass.
     *
     * @param object may be null
     */
    public static void delete(INoCopy object) {
        if (object != null && !object.isNull()) {
            new Destructor(object).call(new CUstream_st(object), FREE, null);
            object.setNull();
        }
    }

    /** A function that takes an address, a number that most ignore, and something that all ignore. */
    private static final class Destructor extends cudaStreamCallback_t {
        /** JavaCPP's form of a function pointer is the address of a place that holds the function's: here the table's entry. */
        Destructor(INoCopy object) {
            super(new Entry(new LongPointer(object).get()));
        }
    }

    private static final class Entry extends Pointer {
        Entry(long table) {
            address = table + (long) DELETING_DESTRUCTOR * Long.BYTES;
        }
    }
}
