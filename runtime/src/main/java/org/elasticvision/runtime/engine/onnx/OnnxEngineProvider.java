package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.EngineProvider;
import org.elasticvision.runtime.engine.NodeTime;
import org.elasticvision.runtime.engine.Probe;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.onnx.plugin.PluginCheck;
import org.elasticvision.runtime.engine.plugin.PluginOptions;
import org.elasticvision.runtime.engine.plugin.PluginSearch;
import org.elasticvision.runtime.onnx.ModelContent;

/** ONNX Runtime, which runs ONNX files. */
public final class OnnxEngineProvider implements EngineProvider {
    /** Each on a line of its own, the default first; no place but this list and its class knows of one. */
    static final List<ExecutionProvider> WAYS = List.of(
            new Cpu(), //
            new CudaExecutionProvider(),
            new TensorRtExecutionProvider());

    /** {@return the one that a provider means; a plug-in where it is not one of the list} */
    static ExecutionProvider way(Provider provider) {
        return own(provider).orElseGet(() -> new PluginExecutionProvider(provider));
    }

    private static Optional<ExecutionProvider> own(Provider provider) {
        return WAYS.stream().filter(way -> way.provider().equals(provider)).findFirst();
    }

    @Override
    public String name() {
        return OnnxRuntime.NAME;
    }

    @Override
    public boolean opens(Path file) {
        return ModelContent.isOnnx(file);
    }

    @Override
    public List<Provider> providers() {
        return WAYS.stream().map(ExecutionProvider::provider).toList();
    }

    @Override
    public boolean runs(EngineOptions options) {
        Provider provider = options.provider();
        return own(provider).isPresent()
                || (!belongsToAnother(provider)
                        && (options.plugin().library().isPresent()
                                || new PluginSearch().find(provider.id()).isPresent()));
    }

    private static boolean belongsToAnother(Provider provider) {
        return EngineProvider.all().anyMatch(engine -> engine.providers().contains(provider));
    }

    @Override
    public boolean isPlugin(Provider provider) {
        return own(provider).isEmpty();
    }

    @Override
    public boolean changesPrecision(Provider provider) {
        return isPlugin(provider);
    }

    @Override
    public boolean usesGpu(Provider provider) {
        return way(provider).usesGpu();
    }

    @Override
    public boolean keepsModels(Provider provider) {
        return isPlugin(provider) || way(provider).keepsModels(); // of a plug-in, the model that it is compared with
    }

    @Override
    public Engine open(Path file, EngineOptions options) {
        requireWhole(file);
        ExecutionProvider way = way(options.provider());
        if (way instanceof PluginExecutionProvider plugin) {
            Engine engine = OnnxEngine.open(file, options);
            EngineOptions exact = options.withProvider(Provider.CPU).withPlugin(PluginOptions.none());
            return PluginCheck.checked(
                    file, engine, options, plugin.device(file, options), () -> OnnxEngine.open(file, exact));
        }
        if (!options.plugin().isEmpty()) {
            throw new ModelException(file + " runs with the provider " + options.provider()
                    + ", which is not a plug-in; leave out the plug-in's library, device and options");
        }
        return OnnxEngine.open(file, options);
    }

    @Override
    public Probe probe(Path file, EngineOptions options) {
        requireWhole(file);
        return OnnxProbe.open(file, options);
    }

    @Override
    public NodeTime.Measuring nodeTimes(Path file) {
        requireWhole(file);
        return (options, batch, runs) -> OnnxProfiler.profile(file, options, batch, runs);
    }

    /** ONNX Runtime would say only obscurely that weights beside the file are missing. */
    @SuppressWarnings("CheckReturnValue")
    private static void requireWhole(Path file) {
        ModelContent.files(file);
    }

    @Override
    public Optional<String> version() {
        return OnnxRuntime.status().version();
    }

    @Override
    public List<Checkup> checkups() {
        List<Checkup> checkups = new ArrayList<>(List.of(new OnnxRuntime.LibraryCheckup()));
        WAYS.forEach(way -> way.checkup().ifPresent(checkups::add));
        checkups.add(new PluginExecutionProvider.PluginCheckup());
        return checkups;
    }

    /** The processor, ONNX Runtime's own default. */
    private static final class Cpu implements ExecutionProvider {
        @Override
        public Provider provider() {
            return Provider.CPU;
        }

        @Override
        public void add(SessionOptions settings, OrtEnvironment environment, Path file, EngineOptions options) {
            // It is there unless something else is added.
        }

        @Override
        public boolean usesGpu() {
            return false;
        }

        @Override
        public boolean keepsModels() {
            return true;
        }

        @Override
        public Optional<Checkup> checkup() {
            return Optional.empty();
        }
    }
}
