package org.elasticvision.convert.zoo;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import com.google.gson.reflect.TypeToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.elasticvision.runtime.io.npy.NpyArray;
import org.elasticvision.runtime.io.npy.NpyFile;

/** What the published implementation says of its models: figures computed by running it under PyTorch 1.13. */
public final class PublishedModels {
    private PublishedModels() {}

    /** A line of the index. */
    public record Figures(
            String name,
            String file,
            String task,
            String arch,
            int classes,
            List<Integer> input,
            List<Integer> output,
            long parameters,
            @SerializedName("flops_as_counted_by_paper_code") Double flops,
            int tensors,
            @SerializedName("norm_weight_low") double normWeightLow) {
        @Override
        public String toString() {
            return name;
        }

        /** The model of ours that these figures are about. */
        public ReleasedModel model() {
            return ReleasedModel.all().stream()
                    .filter(model -> model.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the zoo lacks " + name));
        }
    }

    /** A tensor of a published state dict; {@code kind} is {@code norm} for a BatchNorm's, else the module's type. */
    public record TensorKey(String name, String dtype, List<Long> shape, String role, String kind) {}

    public static List<Figures> all() {
        try (InputStream in = PublishedModels.class.getResourceAsStream("index.json")) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Gson().fromJson(json, new TypeToken<List<Figures>>() {}.getType());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Figures figures(String name) {
        return all().stream()
                .filter(figures -> figures.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The tensors in order, without the prefix {@code module.}. */
    public static List<TensorKey> keys(String name) {
        try (InputStream in = PublishedModels.class.getResourceAsStream("keys/" + name + ".tsv.gz");
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            return reader.lines().map(PublishedModels::key).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An array that belongs to the golden outputs. */
    public static NpyArray golden(String name) {
        try (InputStream in = PublishedModels.class.getResourceAsStream("golden/" + name + ".npy.gz");
                GZIPInputStream unzipped = new GZIPInputStream(in)) {
            return NpyFile.read(unzipped, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The picture of 224 or 513 pixels that all golden outputs are for, CHW; the large one is kept a channel to a file. */
    public static float[] input(int size) {
        if (size == 224) {
            return golden("input_224").toFloats();
        }
        float[] image = new float[3 * size * size];
        for (int c = 0; c < 3; c++) {
            float[] channel = golden("input_" + size + ".channel" + c).toFloats();
            System.arraycopy(channel, 0, image, c * channel.length, channel.length);
        }
        return image;
    }

    private static TensorKey key(String line) {
        String[] fields = line.split("\t", -1);
        List<Long> shape = fields[2].isEmpty()
                ? List.of()
                : Arrays.stream(fields[2].split(",")).map(Long::valueOf).toList();
        return new TensorKey(fields[0].substring("module.".length()), fields[1], shape, fields[3], fields[4]);
    }
}
