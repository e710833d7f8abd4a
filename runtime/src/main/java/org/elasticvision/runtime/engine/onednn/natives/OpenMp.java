package org.elasticvision.runtime.engine.onednn.natives;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * The OpenMP library that oneDNN runs its threads with, which the preset does not show. Its functions of one number are called as JavaCPP
 * calls a function that frees memory: by address. Where that is not possible, OpenMP keeps what the environment says.
 */
final class OpenMp {
    /**
     * How often a thread looks whether there is work before it sleeps. GNU's library would look for several milliseconds, and where
     * other threads want the processor each step would then wait for a time slice of theirs: a second for a network.
     */
    private static final String SPINNING = "GOMP_SPINCOUNT=20000";

    private static volatile Pointer threadsSetter; // once found

    private OpenMp() {}

    /** Loads what brings OpenMP, with the spinning that suits a network of many short steps, unless the environment says how. */
    static void load(Runnable loading) {
        Pointer put = isSet() ? null : address("putenv");
        if (put == null || address("omp_set_num_threads") != null) {
            loading.run();
            return;
        }
        // The library reads the environment once, when it is loaded; afterwards it is as it was, for what else this
        // process starts.
        try (BytePointer setting = new BytePointer(SPINNING);
                BytePointer removal = new BytePointer("GOMP_SPINCOUNT")) {
            call(put, setting.address());
            try {
                loading.run();
            } finally {
                call(put, removal.address());
            }
        }
    }

    /** Whether the user says how to wait; what the launcher sets is for training. */
    private static boolean isSet() {
        boolean byLauncher = System.getProperty("elasticvision.waiting", "user").equals("launcher");
        return System.getenv("GOMP_SPINCOUNT") != null || (System.getenv("OMP_WAIT_POLICY") != null && !byLauncher);
    }

    /**
     * Lets what this thread calls run on so many threads, itself among them. Other threads keep their own number.
     *
     * @return whether that was possible
     */
    static boolean setThreads(int threads) {
        Pointer function = threadsSetter;
        if (function == null) {
            function = address("omp_set_num_threads");
            threadsSetter = function;
        }
        return function != null && call(function, threads);
    }

    private static Pointer address(String function) {
        Pointer pointer = Loader.addressof(function);
        return pointer == null || pointer.isNull() ? null : pointer;
    }

    private static boolean call(Pointer function, long argument) {
        try {
            Class<?> caller = Class.forName("org.bytedeco.javacpp.Pointer$NativeDeallocator");
            Constructor<?> make = caller.getDeclaredConstructor(Pointer.class, long.class, long.class);
            Method call = caller.getDeclaredMethod("deallocate", long.class, long.class);
            make.setAccessible(true);
            call.setAccessible(true);
            call.invoke(make.newInstance(new Pointer(), argument, function.address()), argument, function.address());
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }
}
