package org.elasticvision.convert.tensorrt;

import java.util.function.Consumer;
import org.elasticvision.runtime.ElasticVisionException;
import org.elasticvision.runtime.engine.tensorrt.Gpu;

/** Builds engines as told. {@link TensorRtBuilder} does; where there is no GPU, tests take its place. */
public interface EngineBuilder {
    /**
     * A GPU that engines can be built on.
     *
     * @param number from 0
     * @throws ElasticVisionException if there is none with this number
     */
    Gpu gpu(int number);

    /** Of TensorRT, such as {@code 10.15.1}. */
    String version();

    /**
     * Builds an engine, which takes minutes, and makes sure that it can be opened.
     *
     * @param stages told of each stage up to {@link BuildStage#CHECK} as it begins
     * @throws ElasticVisionException if TensorRT refuses the model, or memory does not suffice
     */
    BuiltEngine build(BuildPlan plan, Consumer<BuildStage> stages);
}
