package org.elasticvision.train.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.train.checkpoint.SavedParameterGroup;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.checkpoint.TrainingState;
import org.elasticvision.train.torch.ParameterGroup;
import org.elasticvision.train.torch.TorchTrainer;
import org.elasticvision.train.torch.device.TrainingPrecision;

/** A trainer's tensors as a checkpoint keeps them. */
final class TrainerTensors implements TrainingState {
    private final TorchTrainer trainer;
    private final boolean doubles;
    private final double[] learningRates;
    private final Map<String, TensorSpec> specs = new LinkedHashMap<>();

    /** @param learningRates of the next update, one per parameter group */
    TrainerTensors(TorchTrainer trainer, TrainingPrecision precision, double[] learningRates) {
        this.trainer = trainer;
        this.doubles = precision == TrainingPrecision.FLOAT64;
        this.learningRates = learningRates.clone();
        trainer.network().tensors().forEach(spec -> specs.put(spec.name(), spec));
    }

    @Override
    public List<String> names() {
        return List.copyOf(specs.keySet());
    }

    @Override
    public SavedTensor tensor(String name) {
        return doubles || isCounter(name)
                ? saved(name, () -> trainer.toDoubles(name))
                : SavedTensor.floats(specs.get(name).shape(), () -> trainer.toFloats(name));
    }

    @Override
    public Optional<SavedTensor> average(String name) {
        return trainer.hasAverage() ? Optional.of(saved(name, () -> trainer.averageToDoubles(name))) : Optional.empty();
    }

    private boolean isCounter(String name) {
        return specs.get(name).role() == TensorSpec.Role.NUM_BATCHES_TRACKED;
    }

    private SavedTensor saved(String name, Supplier<double[]> values) {
        List<Long> shape = specs.get(name).shape();
        if (isCounter(name)) {
            return SavedTensor.longs(shape, () -> new long[] {(long) values.get()[0]});
        }
        return doubles ? SavedTensor.doubles(shape, values) : SavedTensor.floats(shape, () -> floats(values.get()));
    }

    @Override
    public Optional<SavedTensor> momentum(String name) {
        return trainer.hasMomentum(name)
                ? Optional.of(saved(name, () -> trainer.momentum(name).orElseThrow()))
                : Optional.empty();
    }

    @Override
    public List<SavedParameterGroup> groups() {
        List<ParameterGroup> groups = trainer.groups();
        return IntStream.range(0, groups.size())
                .mapToObj(i -> new SavedParameterGroup(
                        groups.get(i).names(),
                        learningRates[i],
                        groups.get(i).momentum(),
                        groups.get(i).weightDecay()))
                .toList();
    }

    /** A checkpoint's weights, as exact as it has them; while it is open. */
    static Weights weights(TrainingCheckpoint checkpoint) {
        return exact(checkpoint::tensor);
    }

    /** The moving averages that a checkpoint has, likewise. */
    static Weights averages(TrainingCheckpoint checkpoint) {
        return exact(checkpoint::average);
    }

    private static Weights exact(Function<String, CheckpointTensor> tensors) {
        return new Weights() {
            @Override
            public float[] read(String name) {
                return tensors.apply(name).toFloats();
            }

            @Override
            public double[] readDoubles(String name) {
                return tensors.apply(name).toDoubles();
            }
        };
    }

    /** Puts a checkpoint's momentum back; its weights are what the trainer was made of. */
    static void restoreMomentum(TrainingCheckpoint checkpoint, TorchTrainer trainer) {
        trainer.groups().stream().flatMap(group -> group.names().stream()).forEach(name -> checkpoint
                .momentum(name)
                .ifPresent(tensor -> trainer.restoreMomentum(name, tensor.toDoubles())));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
