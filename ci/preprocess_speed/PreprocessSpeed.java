import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.benchmark.SamplePictures;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;

/**
 * Writes pictures and their inputs to a folder, then measures a block each time that a line comes in. Run from its source by
 * {@code preprocess_speed.py}: {@code java -cp … PreprocessSpeed.java FOLDER}.
 */
final class PreprocessSpeed {
    private static final int PICTURES = 16;
    private static final int WARM_UP = 100;

    private final Preprocessor preprocessor = new Preprocessor(Preprocessing.published(Task.CLASSIFICATION, 224, 224));
    private final FloatBuffer input = DirectBuffers.floats(preprocessor.elementCount());
    private final List<ImageSource> pictures = SamplePictures.jpegs(PICTURES);

    public static void main(String[] args) throws IOException {
        PreprocessSpeed speed = new PreprocessSpeed();
        speed.write(Path.of(args[0]));
        for (int i = 0; i < WARM_UP; i++) {
            speed.block();
        }
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        while (in.readLine() != null) {
            System.out.println(speed.block());
        }
    }

    private void write(Path folder) throws IOException {
        for (int i = 0; i < PICTURES; i++) {
            preprocess(pictures.get(i));
            ByteBuffer bytes = ByteBuffer.allocate(input.capacity() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(0, input, 0, input.capacity());
            Files.write(folder.resolve(i + ".jpg"), pictures.get(i).content());
            Files.write(folder.resolve(i + ".f32"), bytes.array());
        }
    }

    /** Milliseconds an image. */
    private double block() {
        long start = System.nanoTime();
        pictures.forEach(this::preprocess);
        return (System.nanoTime() - start) / 1e6 / PICTURES;
    }

    private void preprocess(ImageSource picture) {
        preprocessor.write(picture.decode(Orientation.IGNORE_EXIF), input, 0);
    }
}
