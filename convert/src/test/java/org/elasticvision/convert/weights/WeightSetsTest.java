package org.elasticvision.convert.weights;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.Recognition;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where people's files have their weights, and what is beside them. The weights of a set are all one number. */
class WeightSetsTest {
    private static final Architecture NETWORK = Architecture.of("resnext_tiny");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"module.", "_orig_mod.", "model.", "net.", "backbone.", "model._orig_mod.module.", "a.b.c.d.e."})
    void anyPrefixIsTakenOffWhereTheRestFits(String prefix) {
        try (Checkpoint checkpoint = write(Map.of("state_dict", tensors(prefix, 3)))) {
            Recognition recognition = recognise(checkpoint, Optional.empty());
            assertThat(recognition.architecture()).isEqualTo(NETWORK);
            assertThat(recognition.weights().get("fc.bias").toFloats()).containsOnly(3);
            assertThat(recognition.notes())
                    .isEqualTo(
                            prefix.equals("module.")
                                    ? List.of()
                                    : List.of("weights from 'state_dict." + prefix.substring(0, prefix.length() - 1)
                                            + "'"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"net", "model", "params", "ema", "model_state_dict"})
    void theOnlyEntryThatFitsIsTaken(String entry) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("epoch", 7);
        root.put("optimizer", Map.of("state", Map.of(0L, Map.of("momentum_buffer", ones(1)))));
        root.put(entry, tensors("", 4));
        try (Checkpoint checkpoint = write(root)) {
            Recognition recognition = recognise(checkpoint, Optional.empty());
            assertThat(recognition.weights().get("fc.bias").toFloats()).containsOnly(4);
            assertThat(recognition.notes()).containsExactly("weights from '" + entry + "'");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "state_dict, state_dict_ema",
        "model, model_ema",
        "params, params_ema",
        "net, swa",
        "model, emaModel_averaged",
        "model, modelEMA"
    })
    void plainWeightsAreTakenAndTheirAverageIsSaid(String plain, String average) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put(average, tensors("module.", 2));
        root.put(plain, tensors("", 1));
        try (Checkpoint checkpoint = write(root)) {
            Recognition recognition = recognise(checkpoint, Optional.empty());
            assertThat(recognition.weights().get("fc.bias").toFloats()).containsOnly(1);
            assertThat(recognition.notes())
                    .contains("averaged (EMA) weights are in it too, in '" + average + ".module': --entry " + average
                            + ".module takes those");
            Recognition averaged = recognise(checkpoint, Optional.of(average));
            assertThat(averaged.weights().get("fc.bias").toFloats()).containsOnly(2);
        }
    }

    @Test
    void ofSeveralThatCouldBeMeantNoneIsTakenUnasked() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("student", tensors("", 1));
        root.put("teacher", tensors("module.", 2));
        try (Checkpoint checkpoint = write(root)) {
            assertThatThrownBy(() -> recognise(checkpoint, Optional.empty()))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("holds the weights of 2 networks, in 'student', 'teacher.module';"
                            + " say which are meant, with --entry");
            assertThat(recognise(checkpoint, Optional.of("teacher"))
                            .weights()
                            .get("fc.bias")
                            .toFloats())
                    .containsOnly(2);
            assertThatThrownBy(() -> recognise(checkpoint, Optional.of("pupil")))
                    .hasMessageContaining("has no network in an entry 'pupil'; it has tensors in 'student'");
        }
    }

    @Test
    void thePublishedEntryIsMeantBeforeOthersAndTheyAreSaid() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("best", tensors("", 2));
        root.put("state_dict", tensors("module.", 1));
        try (Checkpoint checkpoint = write(root)) {
            Recognition recognition = recognise(checkpoint, Optional.empty());
            assertThat(recognition.weights().get("fc.bias").toFloats()).containsOnly(1);
            assertThat(recognition.notes())
                    .containsExactly("other weights are in it too, in 'best': --entry best takes those");
        }
    }

    /** As Lightning saves a module that has a network, its average and a loss with weights. */
    @Test
    void networksSideBySideInOneEntryAreToldApart() {
        Map<String, Object> state = tensors("ema_model.", 2);
        state.putAll(tensors("model.", 1));
        state.put("criterion.weight", ones(10));
        try (Checkpoint checkpoint = write(Map.of("state_dict", state))) {
            Recognition recognition = recognise(checkpoint, Optional.empty());
            assertThat(recognition.weights().get("fc.bias").toFloats()).containsOnly(1);
            assertThat(recognition.notes())
                    .containsExactly(
                            "weights from 'state_dict.model'",
                            "averaged (EMA) weights are in it too, in 'state_dict.ema_model': --entry"
                                    + " state_dict.ema_model takes those",
                            "ignored, not weights of the network: criterion.weight");
        }
    }

    @Test
    void whatOtherToolsLeaveInAStateDictIsPassedOverAndNamedOnce() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("n_averaged", SavedTensor.longs(List.of(), () -> new long[] {5}));
        state.put("total_ops", ones(1));
        tensors("module.", 6).forEach((name, tensor) -> {
            state.put(name, tensor);
            state.put(name.substring(0, name.lastIndexOf('.')) + ".total_ops", ones(1));
        });
        state.put("module.bn1._extra_state", Map.of("scale", 2.0));
        state.put("version", 3);
        try (Checkpoint checkpoint = write(Map.of("state_dict", state))) {
            Recognition recognition = recognise(checkpoint, Optional.empty());
            assertThat(recognition.weights().get("fc.bias").toFloats()).containsOnly(6);
            assertThat(recognition.notes())
                    .singleElement()
                    .asString()
                    .matches("ignored, not weights of the network:"
                            + " n_averaged, total_ops \\(\\d+\\), module\\.bn1\\._extra_state, version");
        }
    }

    @Test
    void aTensorThatIsNoneOfTheNetworksIsStillRefused() {
        Map<String, Object> state = tensors("module.", 1);
        state.put("module.extra.weight", ones(2));
        try (Checkpoint checkpoint = write(Map.of("state_dict", state))) {
            assertThatThrownBy(() -> recognise(checkpoint, Optional.empty()))
                    .hasMessageContaining("does not fit resnext_tiny: 1 unexpected: extra.weight;");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "1 1, true", "2, false"})
    void aStepCounterIsOneNumberInAnyShape(String sizes, boolean fits) {
        List<Long> shape = List.of(sizes.split(" ")).stream().map(Long::valueOf).toList();
        Map<String, Object> state = tensors("", 1);
        int count = shape.get(0).intValue();
        state.replaceAll((name, tensor) ->
                name.endsWith("num_batches_tracked") ? SavedTensor.longs(shape, () -> new long[count]) : tensor);
        try (Checkpoint checkpoint = write(state)) {
            if (fits) {
                assertThat(recognise(checkpoint, Optional.empty()).architecture())
                        .isEqualTo(NETWORK);
            } else {
                assertThatThrownBy(() -> recognise(checkpoint, Optional.empty()))
                        .hasMessageContaining("bn1.num_batches_tracked [2] instead of []");
            }
        }
    }

    @Test
    void aBackboneWithoutItsLastLayerIsCalledThat() {
        Map<String, Object> state = tensors("", 1);
        state.keySet().removeIf(name -> name.startsWith("fc."));
        try (Checkpoint checkpoint = write(state)) {
            assertThatThrownBy(() -> recognise(checkpoint, Optional.empty()))
                    .hasMessageContaining("without its last layer (fc.weight, fc.bias)")
                    .hasMessageContaining("--init-from");
        }
        Map<String, Object> noBias = tensors("", 1);
        noBias.remove("fc.bias");
        try (Checkpoint checkpoint = write(noBias)) {
            assertThatThrownBy(() -> recognise(checkpoint, Optional.empty()))
                    .hasMessageContaining("missing: fc.bias")
                    .hasMessageNotContaining("without its last layer");
        }
    }

    private static Recognition recognise(Checkpoint checkpoint, Optional<String> entry) {
        return Recognition.of(checkpoint, entry, Optional.of(NETWORK), Optional.empty());
    }

    private Checkpoint write(Map<String, ?> root) {
        Path file = folder.resolve("file.pth");
        CheckpointWriter.write(file, root);
        return Checkpoint.open(file);
    }

    private static Map<String, Object> tensors(String prefix, float value) {
        Map<String, Object> tensors = new LinkedHashMap<>();
        for (TensorSpec spec : NETWORK.network(Task.CLASSIFICATION, 10).tensors()) {
            int count = Math.toIntExact(spec.elementCount());
            tensors.put(prefix + spec.name(), SavedTensor.floats(spec.shape(), () -> {
                float[] values = new float[count];
                Arrays.fill(values, value);
                return values;
            }));
        }
        return tensors;
    }

    private static SavedTensor ones(int count) {
        return SavedTensor.floats(List.of((long) count), () -> new float[count]);
    }
}
