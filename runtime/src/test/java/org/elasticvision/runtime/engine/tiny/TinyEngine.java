package org.elasticvision.runtime.engine.tiny;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.CloseGuard;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.TensorShape;

/**
 * Averages each channel over the image and answers a linear function of the three averages. A file of it is the line {@code TINY},
 * then properties: {@code side}, {@code weights} and the model's entries.
 */
final class TinyEngine implements Engine {
    private static final int CHANNELS = 3;

    private final CloseGuard guard;
    private final int side;
    private final float[] weights;
    private final Map<String, String> metadata;

    private TinyEngine(Path file, int side, float[] weights, Map<String, String> metadata) {
        this.guard = new CloseGuard(file.toString());
        this.side = side;
        this.weights = weights;
        this.metadata = metadata;
    }

    /** Writes a model: for each class the weights of red, green and blue, and the bias. */
    static void write(Path file, int side, float[] weights, Map<String, String> metadata) throws IOException {
        Properties properties = new Properties();
        properties.putAll(metadata);
        properties.setProperty("side", Integer.toString(side));
        properties.setProperty("weights", Arrays.toString(weights).replaceAll("[\\[\\],]", ""));
        try (var out = Files.newBufferedWriter(file)) {
            out.write("TINY\n");
            properties.store(out, null);
        }
    }

    static TinyEngine open(Path file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file).substring("TINY\n".length())));
            String[] numbers = properties.getProperty("weights").split(" ");
            float[] weights = new float[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                weights[i] = Float.parseFloat(numbers[i]);
            }
            return new TinyEngine(
                    file,
                    Integer.parseInt(properties.getProperty("side")),
                    weights,
                    properties.stringPropertyNames().stream()
                            .collect(Collectors.toMap(key -> key, properties::getProperty)));
        } catch (NumberFormatException | NullPointerException e) {
            throw new ModelException(file + " is damaged; write it again", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public TensorShape inputShape() {
        return TensorShape.of(TensorShape.ANY, CHANNELS, side, side);
    }

    @Override
    public TensorShape outputShape() {
        return TensorShape.of(TensorShape.ANY, weights.length / (CHANNELS + 1));
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public void run(FloatBuffer input, FloatBuffer output, int batch) {
        int classes = outputShape().itemElements();
        FloatBuffer in = DirectBuffers.view("input", input, batch * inputShape().itemElements());
        FloatBuffer out = DirectBuffers.view("output", output, batch * classes);
        guard.enter(() -> {
            for (int item = 0; item < batch; item++) {
                for (int i = 0; i < classes; i++) {
                    float sum = weights[i * (CHANNELS + 1) + CHANNELS];
                    for (int channel = 0; channel < CHANNELS; channel++) {
                        sum += weights[i * (CHANNELS + 1) + channel] * mean(in, item * CHANNELS + channel);
                    }
                    out.put(item * classes + i, sum);
                }
            }
        });
    }

    private float mean(FloatBuffer in, int plane) {
        float sum = 0;
        for (int i = 0; i < side * side; i++) {
            sum += in.get(plane * side * side + i);
        }
        return sum / (side * side);
    }

    @Override
    public void close() {
        guard.close(() -> {});
    }
}
