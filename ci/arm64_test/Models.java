import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.io.npy.NpyFile;
import org.elasticvision.runtime.model.Task;

/**
 * Writes what ci/arm64-test.sh runs: an untrained model of each task for 64 pixels, one of full size for 224, an input for each as an .npy
 * file, and a photo in a folder of a class. Run as {@code java -cp … Models.java FOLDER}.
 */
final class Models {
    private static final int SMALL = 64;
    private static final int FULL = 224;

    private Models() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Architecture small = Architecture.of("resnext_tiny_elastic");
        UntrainedModel.write(small, Task.CLASSIFICATION, 10, SMALL, folder.resolve("classification.onnx"));
        UntrainedModel.write(small, Task.MULTI_LABEL, 20, SMALL, folder.resolve("multi_label.onnx"));
        UntrainedModel.write(small, Task.SEGMENTATION, 21, SMALL, folder.resolve("segmentation.onnx"));
        UntrainedModel.write(Architecture.of("resnext50_elastic"), FULL, folder.resolve("resnext50_elastic.onnx"));
        writeInput(SMALL, folder.resolve("input-64.npy"));
        writeInput(FULL, folder.resolve("input-224.npy"));
        Path photos = Files.createDirectories(folder.resolve("data").resolve("3"));
        UntrainedModel.writePhoto(photos.resolve("photo.jpg"));
    }

    private static void writeInput(int size, Path file) throws IOException {
        float[] values = new float[3 * size * size];
        Random random = new Random(size);
        for (int value = 0; value < values.length; value++) {
            values[value] = (float) random.nextGaussian();
        }
        NpyFile.writeFloats(file, values, 1, 3, size, size);
    }
}
