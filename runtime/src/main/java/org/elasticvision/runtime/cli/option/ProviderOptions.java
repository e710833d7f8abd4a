package org.elasticvision.runtime.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.EngineProvider;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.plugin.LibraryFile;
import org.elasticvision.runtime.engine.plugin.PluginOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code --provider}, what a plug-in is asked, {@code --gpu} and {@code --inference-precision}, the same in every command that runs a
 * network. {@link CachedProviderOptions} has {@code --no-cache} too.
 */
public class ProviderOptions {
    private static final List<String> OF_PLUGINS = List.of("--provider-library", "--device", "--provider-option");

    /** The command that has these options. */
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    private EngineOptions engine = EngineOptions.defaults();
    private PluginOptions plugin = PluginOptions.none();

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            completionCandidates = Choices.class,
            description =
                    "What an ONNX model runs on: ${COMPLETION-CANDIDATES} (default: auto); or a plug-in of ONNX Runtime, by its"
                            + " name in 'elastic provider list'. auto is cpu (ONNX Runtime) or onednn (oneDNN), whichever was measured"
                            + " to be faster for such a model on such a processor, never a GPU or a plug-in. A .engine"
                            + " file always runs in TensorRT.")
    private String id;

    @Option(
            names = "--provider-library",
            paramLabel = "FILE",
            description =
                    "The library of a plug-in, where it is not to be found by the name (default: that of --provider).")
    private Path library;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "On which device a plug-in runs the model: cpu, gpu, npu, or its number in the list of"
                    + " 'elastic doctor' (default: the first).")
    void setDevice(String device) {
        try {
            plugin = plugin.withDevice(device);
        } catch (IllegalArgumentException e) {
            throw OptionNames.wrong(command.commandLine(), e, Map.of("device", "--device"));
        }
    }

    @Option(
            names = "--provider-option",
            paramLabel = "KEY=VALUE",
            description = "An option of the plug-in's own, handed over as it is; may be given several times. Plug-ins"
                    + " ignore what they do not know.")
    void setOptions(Map<String, String> options) {
        options.forEach((key, value) -> plugin = plugin.withOption(key, value));
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
            names = "--inference-precision",
            paramLabel = "NAME",
            completionCandidates = Precisions.class,
            description =
                    "In what numbers --provider auto, onednn or a plug-in computes a float32 model: fp32 (default), bf16, fp16, or"
                            + " auto, which is bf16 where that is faster, or what the plug-in chooses. Faster and less exact;"
                            + " int8 models stay int8. With bf16 or fp16, --provider auto is onednn.")
    void setPrecision(String id) {
        try {
            engine = engine.withPrecision(InferencePrecision.of(id));
        } catch (ElasticVisionException e) {
            throw new ParameterException(command.commandLine(), "--inference-precision: " + e.getMessage(), e);
        }
    }

    /**
     * Refuses what would do nothing.
     *
     * @param models that are going to be opened
     */
    public void check(Collection<Path> models) {
        if (Stream.concat(Stream.of("--provider", "--gpu", "--inference-precision"), OF_PLUGINS.stream())
                .noneMatch(option -> Given.has(command, option))) {
            return; // and no engine is looked for
        }
        Provider provider = engine().provider();
        List<EngineProvider> engines = engines(models);
        EngineProvider first = engines.get(0);
        if (engines.stream().allMatch(one -> one.isFixed() && !one.providers().contains(provider))) {
            Given.refuse(
                    command,
                    "does not change what runs a " + first.name() + " engine, which is " + first.name(),
                    "--provider");
        }
        boolean isPlugin = engines.stream().anyMatch(one -> one.isPlugin(provider));
        if (isPlugin) {
            Given.refuse(command, "is not for a plug-in, whose devices --device chooses", "--gpu");
        } else {
            Given.refuse(
                    command,
                    "is for plug-ins of ONNX Runtime, and --provider " + provider + " is not one",
                    OF_PLUGINS.toArray(String[]::new));
        }
        if (engines.stream().noneMatch(one -> one.usesGpu(provider))) {
            Given.refuse(
                    command,
                    "is for --provider " + having(EngineProvider::usesGpu) + ", and this runs on the CPU",
                    "--gpu");
        }
        if (engines.stream().noneMatch(one -> one.changesPrecision(provider))) {
            Given.refuse(
                    command,
                    "is for --provider " + having(EngineProvider::changesPrecision) + " or a plug-in; " + first.name()
                            + " computes as the model file says",
                    "--inference-precision");
        }
    }

    /** {@return what opens these models, or any where there are none yet} */
    final List<EngineProvider> engines(Collection<Path> models) {
        EngineOptions asked = engine();
        Collection<Path> files = models.isEmpty() ? List.of(Path.of("")) : models;
        return files.stream().map(file -> EngineProvider.of(file, asked)).toList();
    }

    /** The providers of which something is true. */
    private static String having(BiPredicate<EngineProvider, Provider> property) {
        return EngineProvider.all()
                .filter(one -> !one.isFixed())
                .flatMap(one -> one.providers().stream().filter(provider -> property.test(one, provider)))
                .map(Provider::id)
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    /**
     * {@return options for a model with what was asked for}
     *
     * @param options the other options
     */
    public ModelOptions applyTo(ModelOptions options) {
        EngineOptions asked = engine();
        return options.withEngine(options.engine()
                .withProvider(asked.provider())
                .withGpu(asked.gpu())
                .withPrecision(asked.precision())
                .withPlugin(asked.plugin()));
    }

    /** {@return what is to run the network} */
    public final EngineOptions engine() {
        if (library == null) {
            return engine.withProvider(id == null ? engine.provider() : known(id))
                    .withPlugin(plugin);
        }
        String name = Optional.ofNullable(id)
                .or(() -> LibraryFile.provider(library))
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(), "--provider-library " + library + " needs --provider, which names it"));
        LibraryFile.problem(library).ifPresent(problem -> {
            throw new ElasticVisionException("--provider-library " + library + " " + problem);
        });
        try {
            return engine.withProvider(new Provider(name)).withPlugin(plugin.withLibrary(library));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--provider: " + e.getMessage(), e);
        }
    }

    private Provider known(String name) {
        try {
            return Provider.of(name);
        } catch (ElasticVisionException e) {
            throw new ParameterException(command.commandLine(), "--provider: " + e.getMessage(), e);
        }
    }

    /** As words for another command. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("--provider", String.valueOf(id));
        values.put("--provider-library", String.valueOf(library));
        values.put("--device", plugin.device().orElse(""));
        values.put("--gpu", Integer.toString(engine.gpu()));
        values.put("--inference-precision", engine.precision().id());
        values.forEach((option, value) -> {
            if (Given.has(command, option)) {
                words.addAll(List.of(option, value));
            }
        });
        plugin.options().forEach((key, value) -> words.addAll(List.of("--provider-option", key + "=" + value)));
        return words;
    }

    /** What the engines on the class path have, as the help lists it; looked for when that is printed. */
    static final class Choices implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Provider.all().stream().map(Provider::id).iterator();
        }
    }

    /** The ids of the precisions, for shells that complete. */
    static final class Precisions implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(InferencePrecision.values())
                    .map(InferencePrecision::id)
                    .iterator();
        }
    }
}
