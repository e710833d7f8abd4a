package org.elasticvision.runtime.engine;

import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.base.ModelException;

/** Measures a network node by node. */
public final class NodeTimes {
    private NodeTimes() {}

    /**
     * Opens an ONNX model with ONNX Runtime's profiler, runs it on noise and closes it again. The profiler itself takes time,
     * so that the sum is more than a run takes without it.
     *
     * @param file the file
     * @param options as the model is to run
     * @param batch items in a run, where the model leaves it open
     * @param runs to take the median of, after some more to warm up
     * @return all nodes, the most expensive first
     * @throws ModelException where it is missing, damaged, not an ONNX model, or cannot be run
     */
    public static List<NodeTime> of(Path file, EngineOptions options, int batch, int runs) {
        check(file);
        return OnnxProfiler.profile(file, options, batch, runs);
    }

    /**
     * Refuses, before any work, what cannot be measured.
     *
     * @param file the file
     * @throws ModelException where the file is missing or a TensorRT engine
     */
    public static void check(Path file) {
        ModelFile.check(file);
        if (ModelFile.isTensorRtEngine(file)) {
            throw new ModelException(file
                    + " is a TensorRT engine, which cannot be measured node by node here; give the .onnx file that it was"
                    + " built from, or use NVIDIA's trtexec --dumpProfile");
        }
    }
}
