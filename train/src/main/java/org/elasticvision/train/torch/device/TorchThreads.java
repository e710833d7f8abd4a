package org.elasticvision.train.torch.device;

import org.bytedeco.pytorch.global.torch;
import org.elasticvision.runtime.base.Check;

/** How many threads LibTorch computes with on the CPU: one setting for the whole process. */
public final class TorchThreads {
    static {
        TorchLibrary.load();
    }

    private TorchThreads() {}

    /**
     * Sets the number of threads of all operations.
     *
     * @param threads at least 1
     */
    public static void set(int threads) {
        Check.atLeast("threads", threads, 1);
        try (TorchShield shield = TorchShield.open()) {
            torch.set_num_threads(threads);
        }
    }

    /** {@return the number of threads} */
    public static int get() {
        return torch.get_num_threads();
    }
}
