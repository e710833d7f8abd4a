package org.elasticvision.convert.tensorrt.builder;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IRuntime;
import org.elasticvision.convert.tensorrt.BuildPlan;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.tensorrt.natives.TensorRtLog;

/** Opens an engine that was just built, before it replaces another. */
final class EngineTrial {
    private static final int INPUT_AND_OUTPUT = 2;

    private EngineTrial() {}

    /** @throws ModelException if it cannot be opened, or has other inputs than planned */
    static void check(Pointer engine, long size, BuildPlan plan, TensorRtLog log) {
        try (NativeObjects natives = new NativeObjects(log::errors)) {
            IRuntime runtime = natives.own(nvinfer.createInferRuntime(log), "runtime");
            // The engine carries the code that later versions run it with.
            runtime.setEngineHostCodeAllowed(plan.versionCompatible());
            ICudaEngine opened = runtime.deserializeCudaEngine(engine, size);
            if (opened == null || opened.isNull()) {
                throw BuildFailure.of(plan.model(), "built an engine that it cannot open", log.errors());
            }
            natives.own(opened, "engine");
            if (opened.getNbIOTensors() != INPUT_AND_OUTPUT) {
                throw wrong(plan, opened.getNbIOTensors() + " inputs and outputs");
            }
            plan.profile().ifPresent(profile -> {
                check(opened, plan, OptProfileSelector.kMIN, profile.min());
                check(opened, plan, OptProfileSelector.kOPT, profile.opt());
                check(opened, plan, OptProfileSelector.kMAX, profile.max());
            });
        }
    }

    private static void check(ICudaEngine engine, BuildPlan plan, OptProfileSelector which, List<Long> expected) {
        try (Dims64 shape = engine.getProfileShape(plan.input(), 0, which)) {
            List<Long> actual = new ArrayList<>();
            for (int i = 0; i < shape.nbDims(); i++) {
                actual.add(shape.d(i));
            }
            if (!actual.equals(expected)) {
                throw wrong(plan, "an input of the shape " + actual + " instead of " + expected);
            }
        }
    }

    private static ModelException wrong(BuildPlan plan, String what) {
        return new ModelException(
                plan.model() + ": TensorRT built an engine with " + what + "; this is a defect, please report it");
    }
}
