package org.elasticvision.runtime.engine.auto;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.engine.choice.ModelKind;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.onnx.census.OnnxCensus;

/** Of what kind a model is: as its entries say, which are read in no time; else as its graph looks. */
final class ModelKinds {
    static final String FP32 = "fp32";

    /** A head for segmentation enlarges too, once or twice. */
    private static final int FEWEST_ELASTIC_BLOCKS = 4;

    private ModelKinds() {}

    /** {@return empty where it is not a whole ONNX file} */
    static Optional<ModelKind> of(Path file) {
        Map<String, String> entries = OnnxCensus.shortEntries(file);
        Optional<String> architecture = ModelInfo.architecture(entries);
        Optional<String> precision = ModelInfo.precision(entries);
        if (architecture.isPresent() && precision.isPresent()) {
            return Optional.of(ModelKind.of(precision.get(), architecture.get()));
        }
        return OnnxCensus.read(file).map(ModelKinds::of);
    }

    /**
     * By what is counted in it. A DenseNet concatenates for every few convolutions, a DLA for every few blocks; ResNeXts have groups of
     * channels in a third of the convolutions, and with squeeze-and-excitation a gate in every block; Elastic blocks enlarge again what they
     * have computed at half the resolution.
     */
    static ModelKind of(OnnxCensus census) {
        int convolutions =
                Math.max(1, census.count("Conv") + census.count("ConvInteger") + census.count("QLinearConv"));
        double joined = census.count("Concat") / (double) convolutions;
        double grouped = census.groupedConvolutions() / (double) convolutions;
        double gates = (census.count("Sigmoid") + census.count("HardSigmoid")) / (double) convolutions;
        String family = ModelKind.OTHER;
        if (joined >= 0.12) {
            family = "densenet";
        } else if (joined >= 0.05) {
            family = "dla";
        } else if (grouped >= 0.1) {
            family = gates >= 0.1 ? "se_resnext" : "resnext";
        }
        int enlarged = census.count("Resize") + census.count("Upsample");
        return new ModelKind(precision(census), family, enlarged >= FEWEST_ELASTIC_BLOCKS);
    }

    private static String precision(OnnxCensus census) {
        boolean isQuantized =
                census.count("DequantizeLinear") + census.count("QLinearConv") + census.count("ConvInteger") > 0;
        return isQuantized ? "int8" : census.hasFloat16Weights() ? "fp16" : FP32;
    }
}
