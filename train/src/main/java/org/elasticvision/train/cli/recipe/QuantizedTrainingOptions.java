package org.elasticvision.train.cli.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.cli.Converters;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.quantize.qdq.Int8Weights;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.train.settings.QuantizedTraining;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --qat}: training on in fake quantization, for an int8 model. */
public final class QuantizedTrainingOptions {
    private static final String QAT = "--qat";
    private static final String EPOCHS = "--qat-epochs";
    private static final String RATE = "--qat-lr";
    private static final String TARGET = "--qat-target";
    private static final String WEIGHTS = "--qat-weights";

    /** By what {@link QuantizedTraining} calls them. */
    private static final Map<String, String> OPTIONS = Map.of("QAT epochs", EPOCHS, "QAT learning rate", RATE);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = QAT,
            negatable = true,
            description =
                    "Quantization-aware training: train the best network on as its int8 model will compute, and write that"
                            + " model beside the fp32 one (default: off).")
    private Boolean qat;

    @Option(
            names = EPOCHS,
            paramLabel = "N",
            description = "Epochs of quantization-aware training (default: " + QuantizedTraining.EPOCHS + ").")
    private Integer epochs;

    @Option(
            names = RATE,
            paramLabel = "RATE",
            description =
                    "Learning rate of quantization-aware training, by AdamW; it falls to zero along a cosine (default:"
                            + " 0.0001).")
    private Double learningRate;

    @Option(
            names = TARGET,
            paramLabel = "cpu|tensorrt",
            description =
                    "What the int8 model of --qat is made for, as --target of quantize: ONNX Runtime on CPUs or TensorRT"
                            + " (default: cpu).")
    private Int8Target target;

    @Option(
            names = WEIGHTS,
            paramLabel = "FORM",
            converter = Converters.ToInt8Weights.class,
            description =
                    "How weights become 8 bits with --qat, as --weights of quantize: full, pair-safe or seven-bits (default:"
                            + " pair-safe for cpu, full for tensorrt).")
    private Int8Weights weights;

    /**
     * What is given here, on top of what a run had.
     *
     * @param before of the run that goes on
     * @param ranks that share a batch
     */
    public Optional<QuantizedTraining> on(Optional<QuantizedTraining> before, int ranks) {
        boolean isWanted = qat == null ? before.isPresent() : qat;
        if (!isWanted) {
            String why = Boolean.FALSE.equals(qat)
                    ? "would do nothing: --no-qat leaves quantization-aware training out"
                    : "is for quantization-aware training: give " + QAT + " too";
            refuse(why, Boolean.FALSE.equals(qat));
            return Optional.empty();
        }
        if (ranks > 1) {
            throw new ParameterException(
                    command.commandLine(),
                    QAT + " runs in one process, and this run has " + ranks
                            + " ranks; train without it (--no-qat in a run that has it), then give --resume DIR " + QAT
                            + " in one");
        }
        Int8Target wanted =
                target == null ? before.map(QuantizedTraining::target).orElse(Int8Target.CPU) : target;
        QuantizedTraining usual = QuantizedTraining.of(wanted);
        QuantizedTraining base = before.orElse(usual);
        Int8Weights form = base.target() == wanted ? base.weights() : usual.weights();
        try {
            return Optional.of(new QuantizedTraining(
                    wanted,
                    weights == null ? form : weights,
                    epochs == null ? base.epochs() : epochs,
                    learningRate == null ? base.learningRate() : learningRate));
        } catch (IllegalArgumentException e) {
            throw OptionNames.wrong(command.commandLine(), e, OPTIONS);
        }
    }

    /** {@return the options that say the same in another command line} */
    public static List<String> words(QuantizedTraining settings) {
        QuantizedTraining usual = QuantizedTraining.of(settings.target());
        List<String> words = new ArrayList<>(List.of(QAT));
        if (settings.target() != Int8Target.CPU) {
            words.add(TARGET + "=" + settings.target());
        }
        if (settings.weights() != usual.weights()) {
            words.add(WEIGHTS + "=" + settings.weights().id());
        }
        if (settings.epochs() != usual.epochs()) {
            words.add(EPOCHS + "=" + settings.epochs());
        }
        if (settings.learningRate() != usual.learningRate()) {
            words.add(RATE + "=" + settings.learningRate());
        }
        return words;
    }

    private void refuse(String why, boolean isOff) {
        String[] options = {EPOCHS, RATE, TARGET, WEIGHTS};
        if (isOff) {
            Given.refuse(command, why, options);
            return;
        }
        for (String option : options) {
            if (Given.has(command, option)) {
                throw new ParameterException(command.commandLine(), option + " " + why);
            }
        }
    }
}
