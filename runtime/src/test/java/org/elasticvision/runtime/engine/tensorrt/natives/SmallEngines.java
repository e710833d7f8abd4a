package org.elasticvision.runtime.engine.tensorrt.natives;

import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvinfer.NetworkDefinitionCreationFlag;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescription;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescriptionFile;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.TensorRt;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.ContentHash;

import static org.assertj.core.api.Assertions.assertThat;

/** Engines built on the spot from tiny ONNX files: an engine that was checked in would fit no other GPU. */
final class SmallEngines {
    private SmallEngines() {}

    /** Builds an engine beside a model, with its description. */
    static Path build(Path model, String input, TensorShape shape, BatchRange batch) {
        Path file = model.resolveSibling(model.getFileName() + ".engine");
        try (Owner owner = new Owner()) {
            TensorRtLog log = new TensorRtLog();
            owner.add(log::close);
            IBuilder builder = nvinfer.createInferBuilder(log);
            owner.add(() -> TensorRtObjects.delete(builder));
            INetworkDefinition network =
                    builder.createNetworkV2(1 << NetworkDefinitionCreationFlag.kSTRONGLY_TYPED.value);
            owner.add(() -> TensorRtObjects.delete(network));
            IParser parser = nvonnxparser.createParser(network, log);
            assertThat(parser.parseFromFile(model.toString(), 0))
                    .as(log.summary())
                    .isTrue();
            IBuilderConfig config = builder.createBuilderConfig();
            owner.add(() -> TensorRtObjects.delete(config));
            if (shape.batch() == TensorShape.ANY) {
                IOptimizationProfile profile = builder.createOptimizationProfile();
                set(profile, input, OptProfileSelector.kMIN, shape.withBatch(batch.min()));
                set(profile, input, OptProfileSelector.kOPT, shape.withBatch(batch.opt()));
                set(profile, input, OptProfileSelector.kMAX, shape.withBatch(batch.max()));
                assertThat(config.addOptimizationProfile(profile)).isNotNegative();
            }
            IHostMemory plan = builder.buildSerializedNetwork(network, config);
            assertThat(plan).as(log.summary()).isNotNull();
            owner.add(() -> TensorRtObjects.delete(plan));
            byte[] bytes = new byte[Math.toIntExact(plan.size())];
            new BytePointer(plan.data()).capacity(bytes.length).get(bytes);
            AtomicFile.write(file, out -> out.write(bytes));
        }
        EngineDescriptionFile.write(
                EngineDescription.beside(file),
                new EngineDescription(
                        ContentHash.ofFile(file),
                        model.getFileName().toString(),
                        ContentHash.ofFile(model),
                        TensorRt.status().version().orElseThrow(),
                        Cuda.status().gpus().get(0),
                        batch,
                        false,
                        false,
                        Map.of()));
        return file;
    }

    private static void set(IOptimizationProfile profile, String input, OptProfileSelector which, TensorShape shape) {
        try (Dims64 dimensions = new Dims64()) {
            int[] sizes = shape.toArray();
            dimensions.nbDims(sizes.length);
            for (int i = 0; i < sizes.length; i++) {
                dimensions.d(i, sizes[i]);
            }
            assertThat(profile.setDimensions(input, which, dimensions)).isTrue();
        }
    }
}
