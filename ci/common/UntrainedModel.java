import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.recipe.Initialization;

/**
 * Writes an ImageNet classifier with the weights that training starts from, as large and as fast as the released one. Run from its
 * source, {@code java -cp … UntrainedModel.java ARCH SIZE FOLDER}, it writes {@code model.onnx} and a picture of 500x375 pixels,
 * {@code photo.jpg}.
 */
final class UntrainedModel {
    private static final int CLASSES = 1000;

    private UntrainedModel() {}

    public static void main(String[] arguments) throws IOException {
        Architecture architecture = Architecture.of(arguments[0]);
        int size = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[2]);
        write(architecture, size, folder.resolve("model.onnx"));
        writePhoto(folder.resolve("photo.jpg"));
    }

    static void write(Architecture architecture, int size, Path file) {
        write(architecture, Task.CLASSIFICATION, CLASSES, size, file);
    }

    static void write(Architecture architecture, Task task, int classes, int size, Path file) {
        Network network = architecture.network(task, classes);
        ModelInfo info = new ModelInfo(
                architecture.id(),
                task,
                Labels.numbered(classes),
                Preprocessing.published(task, size, size),
                "fp32",
                "none",
                "none");
        OnnxExporter.Options options = new OnnxExporter.Options(size, size, BatchDimension.DYNAMIC, Opset.DEFAULT, true);
        new OnnxModel(
                        OnnxExporter.export(
                                architecture.id(),
                                task,
                                network,
                                new Initialization(network, 1),
                                options),
                        Opset.DEFAULT,
                        info.toMetadata())
                .write(file);
    }

    static void writePhoto(Path file) throws IOException {
        BufferedImage image = new BufferedImage(500, 375, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        Random random = new Random(1);
        for (int shape = 0; shape < 200; shape++) {
            graphics.setColor(new Color(random.nextInt(0x1000000)));
            graphics.fillOval(random.nextInt(500) - 40, random.nextInt(375) - 40, random.nextInt(120), 80);
        }
        graphics.dispose();
        ImageIO.write(image, "jpg", file.toFile());
    }
}
