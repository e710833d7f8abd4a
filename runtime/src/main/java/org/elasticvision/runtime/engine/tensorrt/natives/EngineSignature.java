package org.elasticvision.runtime.engine.tensorrt.natives;

import java.nio.file.Path;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvinfer.DataType;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.global.nvinfer.TensorIOMode;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;

/**
 * What goes into an engine and what comes out: one float32 tensor each, of a shape that is known but for the batch.
 *
 * @param input the input's name
 * @param output the output's name
 * @param batch what the engine's one optimisation profile allows, or its fixed batch
 */
record EngineSignature(String input, TensorShape inputShape, String output, TensorShape outputShape, BatchRange batch) {

    static EngineSignature of(Path file, ICudaEngine engine) {
        String input = single(file, engine, TensorIOMode.kINPUT, "input");
        String output = single(file, engine, TensorIOMode.kOUTPUT, "output");
        TensorShape inputShape = shape(file, engine, input);
        TensorShape outputShape = shape(file, engine, output);
        if (inputShape.batch() != outputShape.batch()) {
            throw unfit(file, "the batch of its input " + inputShape + " is not that of its output " + outputShape);
        }
        return new EngineSignature(input, inputShape, output, outputShape, batch(file, engine, input, inputShape));
    }

    /** A shape of the input as TensorRT takes it; the caller closes it. */
    Dims64 inputDimensions(int size) {
        int[] sizes = inputShape.withBatch(size).toArray();
        Dims64 dimensions = new Dims64();
        dimensions.nbDims(sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            dimensions.d(i, sizes[i]);
        }
        return dimensions;
    }

    private static String single(Path file, ICudaEngine engine, TensorIOMode mode, String what) {
        String found = null;
        for (int i = 0; i < engine.getNbIOTensors(); i++) {
            String name = engine.getIOTensorName(i);
            if (engine.getTensorIOMode(name).intern() == mode) {
                if (found != null) {
                    throw unfit(file, "it has several " + what + "s, an image network has one");
                }
                found = name;
            }
        }
        if (found == null) {
            throw unfit(file, "it has no " + what);
        }
        if (engine.getTensorDataType(found).intern() != DataType.kFLOAT) {
            throw unfit(file, "its " + what + " '" + found + "' is not float32");
        }
        if (engine.getTensorFormat(found).intern() != nvinfer.TensorFormat.kLINEAR) {
            throw unfit(file, "its " + what + " '" + found + "' does not lie in memory row by row");
        }
        return found;
    }

    private static TensorShape shape(Path file, ICudaEngine engine, String name) {
        try (Dims64 dimensions = engine.getTensorShape(name)) {
            int[] sizes = new int[Math.max(0, dimensions.nbDims())];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = Math.toIntExact(dimensions.d(i));
            }
            return TensorShape.of(sizes);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw unfit(file, "the shape of '" + name + "' is open or impossible: " + e.getMessage());
        }
    }

    private static BatchRange batch(Path file, ICudaEngine engine, String input, TensorShape shape) {
        if (shape.batch() != TensorShape.ANY) {
            return BatchRange.of(shape.batch());
        }
        if (engine.getNbOptimizationProfiles() != 1) {
            throw unfit(file, "it has " + engine.getNbOptimizationProfiles() + " optimisation profiles instead of one");
        }
        return new BatchRange(
                profile(engine, input, OptProfileSelector.kMIN),
                profile(engine, input, OptProfileSelector.kOPT),
                profile(engine, input, OptProfileSelector.kMAX));
    }

    private static int profile(ICudaEngine engine, String input, OptProfileSelector which) {
        try (Dims64 dimensions = engine.getProfileShape(input, 0, which)) {
            return (int) dimensions.d(0);
        }
    }

    private static ModelException unfit(Path file, String why) {
        return new ModelException(
                file + " is not an engine that this library runs: " + why + "; build one with 'elastic build-engine'");
    }
}
