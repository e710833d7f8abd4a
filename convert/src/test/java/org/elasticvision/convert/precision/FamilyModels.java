package org.elasticvision.convert.precision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.pass.Passes;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;

/** The published networks with made-up weights, in all precisions. */
public final class FamilyModels {
    private FamilyModels() {}

    /** One of each family, with Elastic and of each task. */
    public static List<Figures> representatives() {
        return List.of(
                PublishedModels.figures("resnext50_elastic"),
                PublishedModels.figures("se_resnext50_elastic"),
                PublishedModels.figures("densenet201_elastic"),
                PublishedModels.figures("coco_dla60x_elastic"),
                PublishedModels.figures("deeplab_dla60x_elastic_pascal_v3_original_epoch50"),
                PublishedModels.figures("deeplab_resnext50_elastic_pascal_v3_original_epoch50"));
    }

    /** Writes a network in float32; those for segmentation take 129×129 pixels, which is odd as 513 is. */
    public static Path writeSingle(Path file, Figures figures) {
        Task task = figures.model().task();
        int size = task == Task.SEGMENTATION ? 129 : 224;
        ModelInfo info = new ModelInfo(
                figures.arch(),
                task,
                Labels.numbered(figures.classes()),
                Preprocessing.published(task, size, size),
                "fp32",
                "none",
                "test");
        Graph graph = OnnxExporter.export(
                figures.name(),
                task,
                figures.model().network(),
                new SyntheticWeights(figures),
                new OnnxExporter.Options(size, size, BatchDimension.DYNAMIC, Opset.DEFAULT, true));
        new OnnxModel(graph, Opset.DEFAULT, info.toMetadata()).write(file);
        return file;
    }

    /** Writes a float32 model in float16. */
    public static Path writeHalf(Path file, Path single) {
        OnnxModel model = OnnxModel.read(single);
        ModelInfo info = ModelInfo.fromMetadata(single.toString(), model.metadata());
        new OnnxModel(
                        Passes.FP16.run(model.graph()),
                        Opset.DEFAULT,
                        info.withPrecision("fp16").toMetadata())
                .write(file);
        return file;
    }

    /** Writes a float32 model in int8 for TensorRT, calibrated on four pictures that are written into a folder. */
    public static Path writeInt8ForTensorRt(Path file, Path single, Path folder) throws IOException {
        Quantization quantization = Quantization.of(single);
        quantization.write(
                file,
                quantization.calibrate(Pictures.sources(folder, 4), picture -> {}),
                QuantizationOptions.of(Int8Target.TENSORRT));
        return file;
    }
}
