import java.nio.file.Path;
import org.elasticvision.convert.onnx.Batch;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.Network;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.recipe.Initialization;

/**
 * Writes an ImageNet network with the weights that training starts from, as large and as fast as the released one. As a program:
 * {@code UntrainedModel ARCH FILE.onnx}.
 */
final class UntrainedModel {
    private static final int SIZE = 224;
    private static final int CLASSES = 1000;

    private UntrainedModel() {}

    public static void main(String[] arguments) {
        write(Architecture.of(arguments[0]), Path.of(arguments[1]));
    }

    static void write(Architecture architecture, Path file) {
        Network network = architecture.network(Task.CLASSIFICATION, CLASSES);
        ModelInfo info = new ModelInfo(
                architecture.id(),
                Task.CLASSIFICATION,
                Labels.numbered(CLASSES),
                Preprocessing.published(Task.CLASSIFICATION, SIZE, SIZE),
                "fp32",
                "none",
                "none");
        OnnxExporter.Options options = new OnnxExporter.Options(SIZE, SIZE, Batch.DYNAMIC, Opset.DEFAULT, true);
        new OnnxModel(
                        OnnxExporter.export(
                                architecture.id(),
                                Task.CLASSIFICATION,
                                network,
                                new Initialization(network, 1),
                                options),
                        Opset.DEFAULT,
                        info.toMetadata())
                .write(file);
    }
}
