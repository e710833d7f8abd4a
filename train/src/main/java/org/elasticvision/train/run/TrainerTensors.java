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
import org.elasticvision.train.torch.OptimizerTensors;
import org.elasticvision.train.torch.TorchTrainer;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.elasticvision.train.torch.optimizer.OptimizerKind;
import org.elasticvision.train.torch.optimizer.ParameterGroup;

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
    public Map<String, SavedTensor> optimizerState(String name) {
        OptimizerTensors own = trainer.optimizerTensors();
        Map<String, SavedTensor> state = new LinkedHashMap<>();
        for (String entry : trainer.optimizer().entries()) {
            if (own.entries(name).contains(entry)) {
                Supplier<double[]> values = () -> own.toDoubles(name, entry);
                state.put(
                        entry,
                        trainer.optimizer().isScalar(entry)
                                ? SavedTensor.floats(List.of(), () -> floats(values.get()))
                                : saved(name, values));
            }
        }
        return state;
    }

    @Override
    public OptimizerKind optimizer() {
        return trainer.optimizer();
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

    /** Puts the state of a checkpoint's optimiser back; its weights are what the trainer was made of. */
    static void restoreOptimizer(TrainingCheckpoint checkpoint, TorchTrainer trainer) {
        OptimizerTensors own = trainer.optimizerTensors();
        trainer.groups().stream().flatMap(group -> group.names().stream()).forEach(name -> checkpoint
                .optimizerState(name)
                .forEach((entry, tensor) -> own.restore(name, entry, tensor.toDoubles(), tensor.shape())));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
