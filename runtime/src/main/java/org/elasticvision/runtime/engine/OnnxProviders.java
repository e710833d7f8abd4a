package org.elasticvision.runtime.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.tensorrt.Cuda;
import org.elasticvision.runtime.engine.tensorrt.Gpu;
import org.elasticvision.runtime.engine.tensorrt.TensorRt;
import org.elasticvision.runtime.io.ContentHash;
import org.elasticvision.runtime.io.UserCache;
import org.elasticvision.runtime.model.ModelInfo;

/** Puts an ONNX Runtime session on a GPU, or says why that cannot be: it never falls back to the CPU. */
final class OnnxProviders {
    private OnnxProviders() {}

    /** Adds what the options name to the settings of a session; on the CPU nothing. */
    static void add(SessionOptions settings, OrtEnvironment environment, Path file, EngineOptions options)
            throws OrtException {
        switch (options.provider()) {
            case CPU -> {} // ONNX Runtime's own default
            case CUDA -> {
                check(file, options);
                refuseCpu(settings);
                addCuda(settings, file, options.gpu());
            }
            case TENSORRT -> {
                Gpu gpu = check(file, options);
                refuseCpu(settings);
                addTensorRt(settings, environment, file, options.gpu(), gpu);
            }
        }
    }

    private static Gpu check(Path file, EngineOptions options) {
        Cuda.Status cuda = Cuda.status();
        Set<OrtProvider> built = OrtEnvironment.getAvailableProviders();
        boolean isBuilt =
                built.contains(options.provider() == Provider.CUDA ? OrtProvider.CUDA : OrtProvider.TENSOR_RT);
        Optional<String> found =
                ProviderCheck.problem(options, cuda, isBuilt, () -> ProviderCheck.Needs.of(options.provider()));
        found.ifPresent(problem -> {
            throw new ModelException(file + " cannot run with the provider " + options.provider() + ": " + problem);
        });
        return cuda.gpus().get(options.gpu());
    }

    /** Without this, operators that the provider does not have would run on the CPU, and nobody would be told. */
    private static void refuseCpu(SessionOptions settings) throws OrtException {
        settings.addConfigEntry("session.disable_cpu_ep_fallback", "1");
    }

    private static void addCuda(SessionOptions settings, Path file, int gpu) {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(gpu)) {
            settings.addCUDA(cuda);
        } catch (OrtException e) {
            throw unusable(file, Provider.CUDA, e);
        }
    }

    private static void addTensorRt(SessionOptions settings, OrtEnvironment environment, Path file, int number, Gpu gpu)
            throws OrtException {
        TensorRt.Status installed = TensorRt.loadWithParser();
        String version = installed.version().orElse("unknown");
        Path cache = UserCache.folder("tensorrt").resolve("ort-" + environment.getVersion() + "-trt-" + version);
        // ONNX Runtime names its engines by the graph, not by the weights: each model gets a folder of its own.
        ContentHash content = new ContentHash();
        ModelContent.addTo(content, file);
        content.add(gpu.name().getBytes(StandardCharsets.UTF_8));
        Path engines = cache.resolve(content.hex().substring(0, 32));
        boolean kept = isMade(engines);
        String precision = precision(environment, file);
        try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(number)) {
            if (kept) {
                tensorRt.add("trt_engine_cache_enable", "1");
                tensorRt.add("trt_engine_cache_path", engines.toString());
                tensorRt.add("trt_timing_cache_enable", "1");
                tensorRt.add("trt_timing_cache_path", cache.toString());
            }
            // TensorRT may only use the types that the file has; so these flags narrow nothing by themselves.
            tensorRt.add("trt_fp16_enable", precision.equals("fp16") ? "1" : "0");
            tensorRt.add("trt_int8_enable", precision.equals("int8") ? "1" : "0");
            settings.addTensorrt(tensorRt);
        } catch (OrtException e) {
            throw unusable(file, Provider.TENSORRT, e);
        }
    }

    /** Whether a folder is there that can be written; engines are built anew each time without one. */
    private static boolean isMade(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder);
        } catch (IOException e) {
            return false;
        }
    }

    /** What the file says of itself. Opening it plainly for that takes little beside the building of an engine. */
    private static String precision(OrtEnvironment environment, Path file) throws OrtException {
        try (SessionOptions plain = new SessionOptions()) {
            plain.setOptimizationLevel(SessionOptions.OptLevel.NO_OPT);
            plain.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(file.toString(), plain)) {
                return ModelInfo.precision(session.getMetadata().getCustomMetadata())
                        .orElse("fp32");
            }
        }
    }

    private static ModelException unusable(Path file, Provider provider, OrtException e) {
        return new ModelException(
                file + " cannot run with the provider " + provider + ", which does not load: "
                        + OnnxProviderLibrary.problem(provider).orElseGet(() -> OnnxFailures.oneLine(e))
                        + "; 'elastic doctor' says what is there",
                e);
    }
}
