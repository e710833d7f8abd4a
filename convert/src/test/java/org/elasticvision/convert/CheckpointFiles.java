package org.elasticvision.convert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.Pickle;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.runtime.model.Task;

/** Writes checkpoints in the form of the released ones. */
public final class CheckpointFiles {
    private CheckpointFiles() {}

    /** A file for any network in a moment: all tensors share one storage of one value, as long as the largest of them. */
    public static Path hollow(Path file, Optional<String> architecture, List<TensorSpec> tensors) throws IOException {
        return hollow(file, entries(architecture), tensors);
    }

    /** The same with any texts beside the state dict. */
    public static Path hollow(Path file, Map<String, String> entries, List<TensorSpec> tensors) throws IOException {
        long longest =
                tensors.stream().mapToLong(TensorSpec::elementCount).max().orElse(0);
        Pickle state = new Pickle();
        for (TensorSpec tensor : tensors) {
            long[] shape = shape(tensor);
            state.text("module." + tensor.name()).tensor("0", longest, 0, shape, contiguous(shape));
        }
        ByteBuffer storage =
                ByteBuffer.allocate(Math.toIntExact(longest * Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        while (storage.hasRemaining()) {
            storage.putFloat(0x1p-7f);
        }
        return root(entries, state).zip(file, true, "archive/data/0", storage.array());
    }

    /** A file with real weights, a storage for each tensor. */
    public static Path full(Path file, Optional<String> architecture, List<TensorSpec> tensors, Weights weights)
            throws IOException {
        Pickle state = new Pickle();
        List<Object> storages = new ArrayList<>();
        for (TensorSpec tensor : tensors) {
            if (tensor.role() != TensorSpec.Role.NUM_BATCHES_TRACKED) {
                String key = Integer.toString(storages.size() / 2);
                long[] shape = shape(tensor);
                long count = tensor.elementCount();
                state.text("module." + tensor.name()).tensor(key, count, 0, shape, contiguous(shape));
                ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(count * Float.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(weights.read(tensor.name()));
                storages.add("archive/data/" + key);
                storages.add(bytes.array());
            }
        }
        return root(entries(architecture), state).zip(file, true, storages.toArray());
    }

    /** A file of {@code resnext_tiny_elastic}, the smallest Elastic network. */
    public static Path tiny(Path file, Task task, int classes) throws IOException {
        String architecture = "resnext_tiny_elastic";
        Network network = Architecture.of(architecture).network(task, classes);
        List<TensorSpec> tensors = network.layers().stream()
                .flatMap(layer -> layer.tensors().stream())
                .toList();
        return full(file, Optional.of(architecture), tensors, new SyntheticWeights(network));
    }

    private static Map<String, String> entries(Optional<String> architecture) {
        return architecture.map(name -> Map.of("arch", name)).orElse(Map.of());
    }

    private static Pickle root(Map<String, String> entries, Pickle state) {
        Pickle root = new Pickle().op("}(").text("epoch").number(90);
        entries.forEach((key, value) -> root.text(key).text(value));
        return root.text("state_dict").op("}(").raw(state.bytes()).op("uu");
    }

    private static long[] contiguous(long[] shape) {
        long[] strides = new long[shape.length];
        long step = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= shape[i];
        }
        return strides;
    }

    private static long[] shape(TensorSpec tensor) {
        return tensor.shape().stream().mapToLong(Long::longValue).toArray();
    }
}
