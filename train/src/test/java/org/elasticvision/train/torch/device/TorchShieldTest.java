package org.elasticvision.train.torch.device;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TorchShieldTest {
    private static final int EXIT_CODE = 3;

    @TempDir
    private Path folder;

    /** One product after the other, so that a signal is all but sure to come in the middle of one. */
    static final class Products {
        private static final int SIDE = 3000;

        private Products() {}

        public static void main(String[] args) {
            TorchThreads.set(2);
            while (true) {
                try (TorchShield shield = TorchShield.open();
                        PointerScope scope = new PointerScope()) {
                    Tensor ones = torch.ones(SIDE, SIDE);
                    System.out.println("multiplying");
                    torch.mm(ones, ones);
                }
            }
        }
    }

    /** What would wait for itself. */
    static final class ExitInside {
        private ExitInside() {}

        public static void main(String[] args) {
            try (TorchShield outer = TorchShield.open();
                    TorchShield inner = TorchShield.open()) {
                System.exit(EXIT_CODE);
            }
        }
    }

    /** Without the shield the process hangs for good: the matrix library waits for a thread that Java has stopped. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
    void aSignalInAMatrixProductEndsTheProcess() throws Exception {
        try (ChildJava child = ChildJava.start(folder.resolve("log"), Products.class)) {
            child.awaitText("multiplying");
            child.terminate();
            assertThat(child.exitCode()).isEqualTo(ChildJava.TERMINATED);
        }
    }

    @Test
    void whoEndsJavaInsideIsNotWaitedFor() throws Exception {
        try (ChildJava child = ChildJava.start(folder.resolve("log"), ExitInside.class)) {
            assertThat(child.exitCode()).isEqualTo(EXIT_CODE);
        }
    }

    @Test
    void isClosedByItsOwnThreadAndOnlyOnce() {
        TorchShield shield = TorchShield.open();
        assertThatThrownBy(() -> CompletableFuture.runAsync(shield::close).join())
                .hasMessageContaining("is closed by the thread that opened it, "
                        + Thread.currentThread().getName());
        shield.close();
        shield.close();
    }
}
