package org.elasticvision.train.torch.device;

import java.util.List;
import java.util.function.Supplier;
import org.elasticvision.runtime.base.ElasticVisionException;

/** Turns LibTorch's ways of saying that memory is short into one line that helps. */
final class TorchMemory {
    private static final List<String> SIGNS = List.of("out of memory", "can't allocate memory", "not enough memory");

    private TorchMemory() {}

    /**
     * Runs something that takes memory by the batch.
     *
     * @param images in the batch
     * @throws ElasticVisionException if memory does not suffice
     */
    static <T> T needed(int images, Supplier<T> work) {
        try {
            return work.get();
        } catch (ElasticVisionException e) {
            throw e;
        } catch (RuntimeException e) { // which is how JavaCPP passes on C++ exceptions
            String message = String.valueOf(e.getMessage());
            if (SIGNS.stream().anyMatch(message::contains)) {
                throw new ElasticVisionException(
                        "out of memory for " + images
                                + " images at once; use a smaller --batch, accumulate gradients over micro-batches with"
                                + " --accumulate, or keep less with --recompute (LibTorch: " + firstLine(message) + ")",
                        e);
            }
            throw e;
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("no message").strip();
    }
}
