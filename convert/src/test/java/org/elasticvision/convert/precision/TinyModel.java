package org.elasticvision.convert.precision;

import java.nio.file.Path;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;

/** A small Elastic network with made-up weights, as a float32 model. */
public final class TinyModel {
    private static final int SIZE = 64;

    private TinyModel() {}

    /** Writes a network with so many classes. */
    public static Path write(Path file, Task task, int classes) {
        Network network = Architecture.of("resnext_tiny_elastic").network(task, classes);
        ModelInfo info = new ModelInfo(
                Architecture.of("resnext_tiny_elastic").id(),
                task,
                Labels.numbered(classes),
                Preprocessing.published(task, SIZE, SIZE),
                "fp32",
                "none",
                "test");
        OnnxExporter.Options options =
                new OnnxExporter.Options(SIZE, SIZE, BatchDimension.DYNAMIC, Opset.DEFAULT, true);
        new OnnxModel(
                        OnnxExporter.export("tiny", task, network, new SyntheticWeights(network), options),
                        Opset.DEFAULT,
                        info.toMetadata())
                .write(file);
        return file;
    }
}
