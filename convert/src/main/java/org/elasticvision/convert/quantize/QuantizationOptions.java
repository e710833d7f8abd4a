package org.elasticvision.convert.quantize;

import org.elasticvision.convert.quantize.calibration.Calibrator;
import org.elasticvision.convert.quantize.qdq.Exclusion;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.quantize.qdq.Int8Weights;

/**
 * How a model is quantized.
 *
 * @param exclusion nodes that stay in float
 */
public record QuantizationOptions(Int8Target target, Calibrator calibrator, Int8Weights weights, Exclusion exclusion) {
    /**
     * What suits a target on any of its processors.
     *
     * @param target what runs the int8 model
     * @return the options
     */
    public static QuantizationOptions of(Int8Target target) {
        Int8Weights form =
                switch (target) {
                    case CPU -> Int8Weights.PAIR_SAFE;
                    case TENSORRT -> Int8Weights.FULL;
                };
        return new QuantizationOptions(target, Calibrator.MINMAX, form, Exclusion.NONE);
    }

    /**
     * {@return the same with another choice of ranges}
     *
     * @param other in place of the present one
     */
    public QuantizationOptions withCalibrator(Calibrator other) {
        return new QuantizationOptions(target, other, weights, exclusion);
    }

    /**
     * {@return the same with other weights}
     *
     * @param other in place of the present one
     */
    public QuantizationOptions withWeights(Int8Weights other) {
        return new QuantizationOptions(target, calibrator, other, exclusion);
    }

    /**
     * {@return the same with other nodes in float}
     *
     * @param other in place of the present one
     */
    public QuantizationOptions withExclusion(Exclusion other) {
        return new QuantizationOptions(target, calibrator, weights, other);
    }
}
