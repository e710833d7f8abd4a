package org.elasticvision.convert.quantize;

/**
 * How a model is quantized.
 *
 * @param exclusion nodes that stay in float
 */
public record QuantizationOptions(Target target, Calibrator calibrator, WeightForm weightForm, Exclusion exclusion) {
    /** What suits a target on any of its processors. */
    public static QuantizationOptions of(Target target) {
        WeightForm form =
                switch (target) {
                    case CPU -> WeightForm.PAIR_SAFE;
                    case TENSORRT -> WeightForm.FULL;
                };
        return new QuantizationOptions(target, Calibrator.MINMAX, form, Exclusion.NONE);
    }

    /** The same with another choice of ranges. */
    public QuantizationOptions withCalibrator(Calibrator other) {
        return new QuantizationOptions(target, other, weightForm, exclusion);
    }

    /** The same with other weights. */
    public QuantizationOptions withWeightForm(WeightForm other) {
        return new QuantizationOptions(target, calibrator, other, exclusion);
    }

    /** The same with other nodes in float. */
    public QuantizationOptions withExclusion(Exclusion other) {
        return new QuantizationOptions(target, calibrator, weightForm, other);
    }
}
