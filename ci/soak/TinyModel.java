import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.network.Head;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;

/** A model of three classes whose answer is the colour of most of the picture: so small that what is around it does the work. */
final class TinyModel {
    /** By class. */
    static final List<Color> COLORS = List.of(Color.RED, Color.GREEN, Color.BLUE);

    private static final int SIDE = 8;
    private static final int CHANNELS = 3;

    private TinyModel() {}

    static Path write(Path file) {
        Network network = new Colors();
        ModelInfo info = new ModelInfo(
                "colors",
                Task.CLASSIFICATION,
                Labels.numbered(CHANNELS),
                Preprocessing.published(Task.CLASSIFICATION, SIDE, SIDE),
                "fp32",
                "none",
                "none");
        OnnxExporter.Options options =
                new OnnxExporter.Options(SIDE, SIDE, BatchDimension.DYNAMIC, Opset.DEFAULT, true);
        new OnnxModel(
                        OnnxExporter.export("colors", Task.CLASSIFICATION, network, TinyModel::weights, options),
                        Opset.DEFAULT,
                        info.toMetadata())
                .write(file);
        return file;
    }

    private static float[] weights(String name) {
        float[] values = new float[CHANNELS * CHANNELS];
        for (int i = 0; i < CHANNELS; i++) {
            values[i * CHANNELS + i] = 10;
        }
        return values;
    }

    /** {@return a picture of the colour of a class} */
    static BufferedImage picture(int index, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(COLORS.get(index % CHANNELS));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    static byte[] encoded(BufferedImage image, String form) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, form, bytes);
        return bytes.toByteArray();
    }

    private static final class Colors implements Network {
        private final LayerScope root = LayerScope.root();
        private final Conv2d fc = root.conv1x1("fc", CHANNELS, CHANNELS);

        @Override
        public List<Layer> layers() {
            return root.layers();
        }

        @Override
        public Head head() {
            return Head.of("fc");
        }

        @Override
        public <T> T forward(LayerOps<T> ops, T image) {
            return ops.flatten(ops.globalAvgPool2d(ops.conv2d(fc, image)));
        }
    }
}
