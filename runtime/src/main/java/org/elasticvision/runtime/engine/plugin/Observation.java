package org.elasticvision.runtime.engine.plugin;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a plug-in was seen to do when a model was opened in it: what it says of itself is not believed.
 *
 * @param device what runs the model, in words
 * @param difference of its answer to a probe image from that of ONNX Runtime's own float32 on the processor, relative (the norm of the
 *     difference over the norm of the answer); empty for models that are not float32, whose answers nothing exact compares with
 */
public record Observation(String device, OptionalDouble difference) {
    /**
     * The most by which float32 answers differ when sums are taken in another order. Measured with OpenVINO on networks of 50 to 200
     * layers: float32 0.000001, float16 0.0005, bfloat16 0.004.
     */
    private static final double MOST_OF_FLOAT32 = 5e-5;

    /** {@return whether the model is computed in fewer digits than float32 has} */
    public boolean isReduced() {
        return difference.isPresent() && !(difference.getAsDouble() <= MOST_OF_FLOAT32);
    }

    /** {@return {@code fp32}, {@code reduced}, or {@code as the file says} where it could not be compared} */
    public String precision() {
        if (difference.isEmpty()) {
            return "as the file says";
        }
        return isReduced() ? "reduced" : "fp32";
    }

    /** {@return all of it, such as {@code fp32 (a probe differs by 6e-07 from the provider cpu), on CPU, Intel} } */
    @Override
    public String toString() {
        String seen = difference.isPresent()
                ? String.format(
                        Locale.ROOT,
                        "%s (a probe image's answer differs by %.1e from the provider cpu's)",
                        isReduced() ? "reduced precision" : "fp32",
                        difference.getAsDouble())
                : precision();
        return seen + ", on " + device;
    }
}
