package org.elasticvision.convert.quantize;

/**
 * How a model is quantized.
 *
 * @param exclusion nodes that stay in float
 */
public record QuantizationOptions(Target target, Calibrator calibrator, WeightForm weightForm, Exclusion exclusion) {
    /**
     * What suits a target on any of its processors.
     *
     * @param target what runs the int8 model
     * @return the options
     */
    public static QuantizationOptions of(Target target) {
        WeightForm form =
                switch (target) {
                    case CPU -> WeightForm.PAIR_SAFE;
                    case TENSORRT -> WeightForm.FULL;
                };
        return new QuantizationOptions(target, Calibrator.MINMAX, form, Exclusion.NONE);
    }

    /**
     * {@return the same with another choice of ranges}
     *
     * @param other in place of the present one
     */
    public QuantizationOptions withCalibrator(Calibrator other) {
        return new QuantizationOptions(target, other, weightForm, exclusion);
    }

    /**
     * {@return the same with other weights}
     *
     * @param other in place of the present one
     */
    public QuantizationOptions withWeightForm(WeightForm other) {
        return new QuantizationOptions(target, calibrator, other, exclusion);
    }

    /**
     * {@return the same with other nodes in float}
     *
     * @param other in place of the present one
     */
    public QuantizationOptions withExclusion(Exclusion other) {
        return new QuantizationOptions(target, calibrator, weightForm, other);
    }
}
