package org.elasticvision.convert.tensorrt.builder;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.elasticvision.convert.tensorrt.BuildPlan;
import org.elasticvision.convert.tensorrt.BuildStage;
import org.elasticvision.convert.tensorrt.BuiltEngine;
import org.elasticvision.convert.tensorrt.EngineBuilder;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.tensorrt.natives.TensorRtLog;
import org.elasticvision.runtime.engine.tensorrt.natives.TensorRtObjects;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.TensorRt;

/** TensorRT itself. For one thread. */
public final class TensorRtBuilder implements EngineBuilder {
    private final List<Gpu> gpus;
    private final String version;

    private TensorRtBuilder(List<Gpu> gpus, String version) {
        this.gpus = gpus;
        this.version = version;
    }

    /**
     * Looks for GPUs and TensorRT.
     *
     * @return a builder for the GPUs of this machine
     * @throws ElasticVisionException if one is missing; it says what to do
     */
    public static TensorRtBuilder find() {
        Cuda.Status cuda = Cuda.status();
        cuda.problem().ifPresent(TensorRtBuilder::fail);
        TensorRt.Status tensorRt = TensorRt.status();
        tensorRt.problem().ifPresent(TensorRtBuilder::fail);
        try {
            Parser.load();
        } catch (LinkageError e) {
            fail("TensorRT's ONNX parser (libnvonnxparser) is not installed; install it beside TensorRT "
                    + tensorRt.version().orElseThrow());
        }
        return new TensorRtBuilder(cuda.gpus(), tensorRt.version().orElseThrow());
    }

    private static void fail(String problem) {
        throw new ElasticVisionException("no engine can be built here: " + problem);
    }

    /** All that is touched of the parser's library before it is known to be there. */
    private static final class Parser {
        private Parser() {}

        @SuppressWarnings("CheckReturnValue")
        static void load() {
            nvonnxparser.getNvOnnxParserVersion();
        }
    }

    @Override
    public Gpu gpu(int number) {
        if (number >= gpus.size()) {
            throw new ElasticVisionException("there is no GPU " + number + ": there "
                    + (gpus.size() == 1 ? "is 1" : "are " + gpus.size()) + ", numbered from 0");
        }
        return gpus.get(number);
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public BuiltEngine build(BuildPlan plan, Consumer<BuildStage> stages) {
        int code = cudart.cudaSetDevice(plan.gpu());
        if (code != cudart.cudaSuccess) {
            throw new ElasticVisionException("GPU " + plan.gpu() + " cannot be used ("
                    + cudart.cudaGetErrorString(code).getString() + "); end what else uses it, or take another");
        }
        TensorRtLog log = new TensorRtLog();
        NativeObjects natives = new NativeObjects(log::errors);
        natives.ownOfJava(log);
        try {
            return build(plan, stages, log, natives);
        } catch (RuntimeException | Error e) {
            natives.close();
            throw e;
        }
    }

    /** @param natives own what outlives the builder */
    private static BuiltEngine build(
            BuildPlan plan, Consumer<BuildStage> stages, TensorRtLog log, NativeObjects natives) {
        IHostMemory engine;
        byte[] measured;
        Optional<String> note;
        try (NativeObjects building = new NativeObjects(log::errors)) {
            IBuilder builder = building.own(nvinfer.createInferBuilder(log), "builder");
            stages.accept(BuildStage.PARSE);
            INetworkDefinition network = NetworkParser.parse(builder, plan.model(), log, building);
            BuilderSettings settings = new BuilderSettings(builder, plan, log, building);
            note = settings.useTimingCache(plan.timingCache());
            stages.accept(BuildStage.OPTIMIZE);
            IHostMemory built = builder.buildSerializedNetwork(network, settings.config());
            if (built == null || built.isNull()) {
                throw BuildFailure.of(plan.model(), "cannot build an engine", log.errors());
            }
            engine = natives.own(built, "engine");
            measured = measured(settings.config());
        }
        stages.accept(BuildStage.CHECK);
        BytePointer contents = bytes(engine);
        if (contents.capacity() < 1 || contents.capacity() > Integer.MAX_VALUE) {
            throw new ElasticVisionException(plan.model() + ": the engine has " + contents.capacity()
                    + " bytes, which is more than 2 GB or nothing; use a smaller network");
        }
        EngineTrial.check(contents, contents.capacity(), plan, log);
        return new NativeEngine(contents.asByteBuffer(), measured, note.stream().toList(), natives);
    }

    /** TensorRT's own pointer does not know how much it points to. */
    private static BytePointer bytes(IHostMemory memory) {
        return new BytePointer(memory.data()).capacity(memory.size());
    }

    private static byte[] measured(IBuilderConfig config) {
        ITimingCache cache = config.getTimingCache(); // the configuration's
        if (cache == null || cache.isNull()) {
            return new byte[0];
        }
        IHostMemory memory = cache.serialize();
        if (memory == null || memory.isNull()) {
            return new byte[0];
        }
        try {
            byte[] measured = new byte[Math.toIntExact(memory.size())];
            bytes(memory).get(measured);
            return measured;
        } finally {
            TensorRtObjects.delete(memory);
        }
    }

    /** @param natives own the memory that the contents lie in */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    private record NativeEngine(ByteBuffer contents, byte[] timingCache, List<String> notes, NativeObjects natives)
            implements BuiltEngine {
        @Override
        public void close() {
            natives.close();
        }
    }
}
