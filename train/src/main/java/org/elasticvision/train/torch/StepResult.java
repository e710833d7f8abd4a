package org.elasticvision.train.torch;

/**
 * How a batch went.
 *
 * @param loss mean over the batch
 * @param wrong wrong answers: images, pixels that count, or of label sets the classes wrongly named or left out
 * @param total answers in all; for label sets such that {@code 1 - wrong / total} is F over all classes and images
 */
public record StepResult(double loss, long wrong, long total) {
    /** {@return whether training has diverged} */
    public boolean isFinite() {
        return Double.isFinite(loss);
    }
}
