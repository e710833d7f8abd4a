package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.onnx.gpu.GpuNeeds;
import org.elasticvision.runtime.gpu.Gpu;

/** CUDA and cuDNN. */
final class CudaExecutionProvider extends GpuExecutionProvider {
    static final GpuNeeds NEEDS = new GpuNeeds(Provider.CUDA, "ONNX Runtime CUDA", Optional.empty(), Optional.empty());

    CudaExecutionProvider() {
        super(NEEDS, "CUDA", 75);
    }

    @Override
    void put(SessionOptions settings, OrtEnvironment environment, Path file, int number, Gpu gpu) {
        addTo(settings, file, session -> {
            try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(number)) {
                session.addCUDA(cuda);
            }
        });
    }

    @Override
    void load(SessionOptions settings) throws OrtException {
        settings.addCUDA(0);
    }
}
