package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.onnx.gpu.GpuNeeds;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.TensorRt;
import org.elasticvision.runtime.io.ContentHash;
import org.elasticvision.runtime.io.UserCache;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.onnx.ModelContent;

/** TensorRT inside ONNX Runtime, with its engines kept in the user's cache. */
final class TensorRtExecutionProvider extends GpuExecutionProvider {
    static final GpuNeeds NEEDS = new GpuNeeds(
            Provider.TENSORRT,
            "ONNX Runtime TensorRT",
            Optional.of(GpuPart.ONNXRUNTIME_TENSORRT),
            Optional.of(GpuPart.TENSORRT));

    TensorRtExecutionProvider() {
        super(NEEDS, "TENSOR_RT", 88);
    }

    @Override
    void put(SessionOptions settings, OrtEnvironment environment, Path file, int number, Gpu gpu) throws OrtException {
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
        addTo(settings, file, session -> {
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
                session.addTensorrt(tensorRt);
            }
        });
    }

    @Override
    void load(SessionOptions settings) throws OrtException {
        settings.addTensorrt(0);
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
}
