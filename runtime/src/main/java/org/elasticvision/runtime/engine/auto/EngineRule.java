package org.elasticvision.runtime.engine.auto;

import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.runtime.cpu.CpuMaker;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.choice.InstructionLevel;
import org.elasticvision.runtime.engine.choice.Measurement;
import org.elasticvision.runtime.engine.choice.ModelKind;
import org.elasticvision.runtime.engine.choice.SpeedTable;

/**
 * Which engine is the fastest for a model on a processor, by what was measured before: nothing is tried. Immutable.
 *
 * @param table what was measured
 * @param level the instructions of the processor; empty where nothing was measured on its like
 * @param processor its name; empty where it is not known
 */
record EngineRule(SpeedTable table, Optional<InstructionLevel> level, Optional<String> processor) {
    static EngineRule current() {
        return Holder.RULE;
    }

    /** Made when the first model is opened. */
    private static final class Holder {
        private static final EngineRule RULE = new EngineRule(
                SpeedTable.load(),
                InstructionLevel.current(),
                CpuFeatures.current().model());
    }

    /**
     * What is taken.
     *
     * @param provider {@link Provider#CPU} or {@link Provider#ONEDNN}
     * @param reason in words
     * @param isOnlyOne whether the other one does not do it: then what fails is not tried there
     */
    record Verdict(Provider provider, String reason, boolean isOnlyOne) {}

    Verdict of(Path file, EngineOptions options) {
        InferencePrecision precision = options.precision();
        if (precision == InferencePrecision.BF16 || precision == InferencePrecision.FP16) {
            return new Verdict(
                    Provider.ONEDNN, "ONNX Runtime does not compute in " + precision + " on a processor", true);
        }
        if (level.isEmpty()) {
            return new Verdict(
                    Provider.CPU,
                    "oneDNN was not measured on such a processor (" + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ")",
                    false);
        }
        return ModelKinds.of(file)
                .map(kind -> of(level.get(), precision, kind))
                .orElseGet(() -> new Verdict(Provider.CPU, "the file is not a whole ONNX model", false));
    }

    private Verdict of(InstructionLevel here, InferencePrecision precision, ModelKind inFile) {
        boolean reduced = precision == InferencePrecision.AUTO
                && here.prefersBfloat16(processor.map(CpuMaker::of).orElse(CpuMaker.OTHER))
                && inFile.precision().equals(ModelKinds.FP32);
        ModelKind kind = reduced ? inFile.withPrecision("bf16") : inFile;
        Optional<Measurement> found = table.find(here, kind, processor);
        if (found.isEmpty()) {
            return new Verdict(Provider.CPU, "oneDNN was not measured with " + kind + " and " + here.id(), false);
        }
        Measurement row = found.get();
        return row.favoursOneDnn()
                ? new Verdict(Provider.ONEDNN, "measured to be " + row, false)
                : new Verdict(Provider.CPU, "oneDNN was measured to be " + row, false);
    }
}
