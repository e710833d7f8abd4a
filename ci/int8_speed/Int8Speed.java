import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.image.ImageSource;

/**
 * Milliseconds an image of ImageNet networks in fp32 and in int8, by turns: {@code Int8Speed THREADS BLOCKS FOLDER ARCH…}. What
 * the weights are makes no difference to the speed.
 */
final class Int8Speed {
    private static final int SIZE = 224;
    private static final int CLASSES = 1000;
    private static final int PICTURES = 4;
    private static final int RUNS_PER_BLOCK = 5;

    private Int8Speed() {}

    public static void main(String[] arguments) throws IOException {
        int threads = Integer.parseInt(arguments[0]);
        int blocks = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[2]);
        System.out.printf("%-22s %9s %9s %8s %6s%n", "network", "fp32 ms", "int8 ms", "faster", "size");
        for (String name : Arrays.asList(arguments).subList(3, arguments.length)) {
            Path single = folder.resolve(name + ".onnx");
            Path quantized = folder.resolve(name + ".int8.onnx");
            UntrainedModel.write(Architecture.of(name), SIZE, single);
            quantize(single, quantized, pictures(folder));
            measure(name, single, quantized, threads, blocks);
        }
    }

    private static void quantize(Path single, Path quantized, List<ImageSource> pictures) {
        Quantization quantization = Quantization.of(single);
        Calibration calibration = quantization.calibrate(pictures, picture -> {});
        quantization.write(quantized, calibration, QuantizationOptions.of(Int8Target.CPU));
    }

    private static List<ImageSource> pictures(Path folder) throws IOException {
        List<ImageSource> pictures = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < PICTURES; i++) {
            BufferedImage image = new BufferedImage(320, 280, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            for (int shape = 0; shape < 50; shape++) {
                graphics.setColor(new Color(random.nextInt(0x1000000)));
                graphics.fillOval(random.nextInt(320) - 40, random.nextInt(280) - 40, random.nextInt(160), 80);
            }
            graphics.dispose();
            Path file = folder.resolve("picture" + i + ".png");
            ImageIO.write(image, "png", file.toFile());
            pictures.add(ImageSource.of(file));
        }
        return pictures;
    }

    private static void measure(String name, Path single, Path quantized, int threads, int blocks) throws IOException {
        EngineOptions options = new EngineOptions(threads).withProvider(Provider.CPU);
        try (Engine fp32 = Engine.open(single, options);
                Engine int8 = Engine.open(quantized, options)) {
            FloatBuffer input = DirectBuffers.floats(fp32.inputShape().itemElements());
            for (int i = 0; i < input.capacity(); i++) {
                input.put(i, (float) Math.sin(i * 0.01));
            }
            FloatBuffer output = DirectBuffers.floats(CLASSES);
            block(fp32, input, output); // warm-up
            block(int8, input, output);
            double[] slow = new double[blocks];
            double[] fast = new double[blocks];
            double[] ratio = new double[blocks];
            for (int i = 0; i < blocks; i++) {
                slow[i] = block(fp32, input, output);
                fast[i] = block(int8, input, output);
                ratio[i] = slow[i] / fast[i];
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-22s %9.1f %9.1f %7.2fx %5.1f%%%n",
                    name,
                    median(slow),
                    median(fast),
                    median(ratio),
                    100.0 * Files.size(quantized) / Files.size(single));
        }
    }

    /** The median milliseconds of some runs. */
    private static double block(Engine engine, FloatBuffer input, FloatBuffer output) {
        double[] milliseconds = new double[RUNS_PER_BLOCK];
        for (int i = 0; i < RUNS_PER_BLOCK; i++) {
            long start = System.nanoTime();
            engine.run(input, output, 1);
            milliseconds[i] = (System.nanoTime() - start) / 1e6;
        }
        return median(milliseconds);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
