package org.elasticvision.runtime.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.Engine;
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
            description = "What an ONNX model runs on: cpu (default), cuda or tensorrt. A .engine file always runs in"
                    + " TensorRT.")
    void setProvider(String id) {
        try {
            engine = engine.withProvider(Provider.of(id));
        } catch (ElasticVisionException e) {
            throw new ParameterException(command.commandLine(), "--provider: " + e.getMessage(), e);
        }
    }

    @Option(names = "--gpu", paramLabel = "N", description = "Which GPU, numbered from 0 (default: 0).")
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
                    "Do not keep the optimised model in the user's cache for the next time, nor use one that is there.")
    private boolean noCache;

    /**
     * Refuses what would do nothing.
     *
     * @param models that are going to be opened
     */
    public void check(Collection<Path> models) {
        boolean onlyEngines = !models.isEmpty() && models.stream().allMatch(Engine::isTensorRt);
        boolean engines = models.stream().anyMatch(Engine::isTensorRt);
        if (onlyEngines && engine.provider() != Provider.TENSORRT) {
            Given.refuse(command, "does not change what runs a TensorRT engine, which is TensorRT", "--provider");
        }
        if (engine.provider() == Provider.CPU && !engines) {
            Given.refuse(command, "is for --provider cuda or tensorrt, and this runs on the CPU", "--gpu");
        }
        if (engine.provider() != Provider.CPU || onlyEngines) {
            Given.refuse(command, "is about models on the CPU; on a GPU nothing is kept", "--no-cache");
        }
    }

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
        List<String> words = new ArrayList<>();
        for (String option : List.of("--provider", "--gpu")) {
            if (Given.has(command, option)) {
                words.add(option);
                words.add(
                        option.equals("--gpu")
                                ? Integer.toString(engine.gpu())
                                : engine.provider().id());
            }
        }
        return words;
    }
}
