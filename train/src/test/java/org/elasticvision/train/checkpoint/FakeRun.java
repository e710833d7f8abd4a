package org.elasticvision.train.checkpoint;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.convert.checkpoint.tensor.DType;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.torch.optimizer.OptimizerKind;

/**
 * A run of a network whose every tensor holds one number, repeated. The optimiser has two groups, the head's being the second;
 * the last parameter of the backbone has no momentum yet, the stem is frozen.
 *
 * @param values what the tensors hold, by name; a momentum is one tenth of it
 * @param kind of the optimiser; AdamW has made seven steps, with mean squares of 1/4
 */
record FakeRun(Map<String, TensorSpec> specs, DType dtype, Function<String, Double> values, OptimizerKind kind)
        implements TrainingState {
    FakeRun(Map<String, TensorSpec> specs, DType dtype, Function<String, Double> values) {
        this(specs, dtype, values, OptimizerKind.SGD);
    }

    FakeRun withAdamW() {
        return new FakeRun(specs, dtype, values, OptimizerKind.ADAMW);
    }

    static final Architecture ARCHITECTURE = Architecture.of("resnext_tiny_elastic");
    static final List<Label> LABELS =
            List.of(new Label("n1", "größer"), new Label("n2", "ring"), new Label("square", "square"));
    static final String FROZEN = "conv1.weight";
    static final String UNMOVED = "layer3.1.bn3.bias";

    static FakeRun of(DType dtype, Function<String, Double> values) {
        List<TensorSpec> tensors =
                ARCHITECTURE.network(Task.CLASSIFICATION, LABELS.size()).tensors();
        Map<String, TensorSpec> specs = tensors.stream()
                .collect(Collectors.toMap(TensorSpec::name, spec -> spec, (a, b) -> a, java.util.LinkedHashMap::new));
        return new FakeRun(specs, dtype, values);
    }

    static TrainingSummary summary(int epoch, double bestError, Map<String, ?> training) {
        Preprocessing preprocessing = Preprocessing.published(Task.CLASSIFICATION, 224, 224);
        return new TrainingSummary(
                ARCHITECTURE, ModelEntry.of(Task.CLASSIFICATION, LABELS, preprocessing), epoch, bestError, training);
    }

    @Override
    public List<String> names() {
        return List.copyOf(specs.keySet());
    }

    @Override
    public SavedTensor tensor(String name) {
        TensorSpec spec = specs.get(name);
        double value = values.apply(name);
        return spec.role() == TensorSpec.Role.NUM_BATCHES_TRACKED
                ? SavedTensor.longs(spec.shape(), () -> new long[] {(long) value})
                : filled(spec, value);
    }

    @Override
    public OptimizerKind optimizer() {
        return kind;
    }

    @Override
    public Map<String, SavedTensor> optimizerState(String name) {
        if (name.equals(UNMOVED)) {
            return Map.of();
        }
        SavedTensor moment = filled(specs.get(name), values.apply(name) / 10);
        return switch (kind) {
            case SGD -> Map.of("momentum_buffer", moment);
            case ADAMW ->
                Map.of(
                        "step",
                        SavedTensor.floats(List.of(), () -> new float[] {7}),
                        "exp_avg",
                        moment,
                        "exp_avg_sq",
                        filled(specs.get(name), 0.25));
        };
    }

    @Override
    public List<SavedParameterGroup> groups() {
        List<String> backbone = specs.values().stream()
                .filter(spec -> spec.role().isParameter())
                .map(TensorSpec::name)
                .filter(name -> !name.startsWith("fc.") && !name.equals(FROZEN))
                .toList();
        return List.of(
                new SavedParameterGroup(backbone, 0.05, 0.9, 1e-4),
                new SavedParameterGroup(List.of("fc.weight", "fc.bias"), 0.5, 0.9, 0));
    }

    private SavedTensor filled(TensorSpec spec, double value) {
        int count = Math.toIntExact(spec.elementCount());
        if (dtype == DType.FLOAT64) {
            return SavedTensor.doubles(spec.shape(), () -> {
                double[] array = new double[count];
                Arrays.fill(array, value);
                return array;
            });
        }
        return SavedTensor.floats(spec.shape(), () -> {
            float[] array = new float[count];
            Arrays.fill(array, (float) value);
            return array;
        });
    }
}
