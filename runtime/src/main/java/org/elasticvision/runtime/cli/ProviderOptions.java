package org.elasticvision.runtime.cli;

import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.ElasticVisionException;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.io.UserCache;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --provider}, {@code --gpu} and {@code --no-cache}, the same in every command that runs a network. */
public final class ProviderOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private EngineOptions engine = EngineOptions.defaults();

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description =
                    "What runs an ONNX model: cpu (default), cuda or tensorrt. A .engine file always runs in TensorRT.")
    void setProvider(String id) {
        try {
            engine = engine.withProvider(Provider.of(id));
        } catch (ElasticVisionException e) {
            throw new ParameterException(command.commandLine(), "--provider: " + e.getMessage(), e);
        }
    }

    @Option(names = "--gpu", paramLabel = "N", description = "Which GPU, counted from 0 (default: 0).")
    void setGpu(int gpu) {
        try {
            engine = engine.withGpu(gpu);
        } catch (IllegalArgumentException e) {
            throw OptionNames.wrong(command.commandLine(), e, Map.of("gpu", "--gpu"));
        }
    }

    @Option(
            names = "--no-cache",
            description =
                    "Neither keep the optimised model in the user's cache for the next time, nor use what is there.")
    private boolean noCache;

    /**
     * {@return options for a model with what was asked for}
     *
     * @param options the other options
     */
    public ModelOptions applyTo(ModelOptions options) {
        ModelOptions applied = options.withProvider(engine.provider()).withGpu(engine.gpu());
        return noCache ? applied : applied.withOptimizedModels(UserCache.folder("models"));
    }

    /** As words for another command. */
    List<String> words() {
        return List.of("--provider", engine.provider().id(), "--gpu", Integer.toString(engine.gpu()));
    }
}
