package org.elasticvision.convert.zoo.family.resnet;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Task;

/** What torchvision's ResNets of ten classes are and answer, written by {@code make_torchvision.py}. */
public final class TorchvisionResNets {
    private TorchvisionResNets() {}

    /**
     * One of them.
     *
     * @param keys SHA-256 of the names and shapes of its state dict, a line each
     * @param logits for the picture of 224 pixels of the other golden outputs
     */
    public record Figures(String name, String keys, int tensors, long parameters, List<Double> logits) {
        public Architecture architecture() {
            return Architecture.of(name);
        }

        /** Ours. */
        public Network network() {
            return architecture().network(Task.CLASSIFICATION, logits.size());
        }

        public double largest() {
            return logits.stream().mapToDouble(Math::abs).max().orElseThrow();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public static List<Figures> all() {
        try (InputStream in = TorchvisionResNets.class.getResourceAsStream("torchvision.json")) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Gson().fromJson(json, new TypeToken<List<Figures>>() {}.getType());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
