package org.elasticvision.runtime.engine.onednn.natives;

import java.util.Optional;
import org.elasticvision.runtime.io.javacpp.NativeEnvironment;
import org.elasticvision.runtime.io.javacpp.NativeFunction;

/**
 * The OpenMP library that oneDNN runs its threads with, which the preset does not show. Where its functions cannot be called, OpenMP keeps
 * what the environment says.
 */
final class OpenMp {
    private static final String THREADS_SETTER = "omp_set_num_threads";

    /**
     * How often a thread looks whether there is work before it sleeps. GNU's library would look for several milliseconds, and where
     * other threads want the processor each step would then wait for a time slice of theirs: a second for a network.
     */
    private static final String SPINNING = "20000";

    private static final String SPINNING_VARIABLE = "GOMP_SPINCOUNT";

    private static volatile NativeFunction threadsSetter; // once found

    private OpenMp() {}

    /** Loads what brings OpenMP, with the spinning that suits a network of many short steps, unless the environment says how. */
    static void load(Runnable loading) {
        if (isSet() || NativeFunction.find(THREADS_SETTER).isPresent()) {
            loading.run();
            return;
        }
        // The library reads the environment once, when it is loaded; afterwards it is as it was.
        NativeEnvironment.set(SPINNING_VARIABLE, SPINNING);
        try {
            loading.run();
        } finally {
            NativeEnvironment.remove(SPINNING_VARIABLE);
        }
    }

    /** Whether the user says how to wait; what the launcher sets is for training. */
    private static boolean isSet() {
        boolean byLauncher = System.getProperty("elasticvision.waiting", "user").equals("launcher");
        return System.getenv(SPINNING_VARIABLE) != null || (System.getenv("OMP_WAIT_POLICY") != null && !byLauncher);
    }

    /**
     * Lets what this thread calls run on so many threads, itself among them. Other threads keep their own number.
     *
     * @return whether that was possible
     */
    static boolean setThreads(int threads) {
        NativeFunction function = threadsSetter;
        if (function == null) {
            Optional<NativeFunction> found = NativeFunction.find(THREADS_SETTER);
            if (found.isEmpty()) {
                return false;
            }
            function = found.get();
            threadsSetter = function;
        }
        return function.call(threads);
    }
}
