package org.elasticvision.convert.tensorrt;

import java.util.function.Consumer;
import org.elasticvision.convert.tensorrt.builder.TensorRtBuilder;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.gpu.Gpu;

/** Builds engines as told. {@link TensorRtBuilder} does; where there is no GPU, tests take its place. */
public interface EngineBuilder {
    /**
     * {@return a GPU that engines can be built on}
     *
     * @param number from 0
     * @throws ElasticVisionException if there is none with this number
     */
    Gpu gpu(int number);

    /**
     * Of TensorRT, such as {@code 10.15.1}.
     *
     * @return the version
     */
    String version();

    /**
     * Builds an engine, which takes minutes, and makes sure that it can be opened.
     *
     * @param plan what is to be done
     * @param stages receives each stage up to {@link BuildStage#CHECK} as it begins
     * @return the engine, to be closed by the caller
     * @throws ElasticVisionException if TensorRT refuses the model, or memory does not suffice
     */
    BuiltEngine build(BuildPlan plan, Consumer<BuildStage> stages);
}
