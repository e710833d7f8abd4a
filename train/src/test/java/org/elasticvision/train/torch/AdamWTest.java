package org.elasticvision.train.torch;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.elasticvision.train.torch.optimizer.Optimizer;
import org.elasticvision.train.torch.optimizer.OptimizerKind;
import org.elasticvision.train.torch.optimizer.OptimizerSettings;
import org.elasticvision.train.torch.optimizer.ParameterGroup;
import org.elasticvision.train.torch.tensor.Tensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The figures of PyTorch's own AdamW, by make_adamw.py. */
@SuppressWarnings("ArrayRecordComponent") // read from a file, never compared
class AdamWTest {
    private static final double EXACT = 1e-14;

    private record Case(
            @SerializedName("weight_decay") List<Double> weightDecay,
            double[] first,
            double[] second,
            List<Step> steps) {}

    private record Step(double[] rates, List<double[]> gradients, double[] first, double[] second, List<State> state) {}

    private record State(
            double step, @SerializedName("exp_avg") double[] mean, @SerializedName("exp_avg_sq") double[] square) {}

    private Case torch;

    @BeforeEach
    void read() throws IOException {
        try (InputStream in = AdamWTest.class.getResourceAsStream("optimizer/adamw.json")) {
            torch = new Gson().fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8), Case.class);
        }
    }

    private static TensorStore store(double[] first, double[] second) {
        TensorStore store = Stores.of(Map.of("first", new float[first.length], "second", new float[second.length]));
        set(store, "first", first);
        set(store, "second", second);
        return store;
    }

    private static void set(TensorStore store, String name, double[] values) {
        try (Tensor exact = Tensors.of(values, List.of((long) values.length), Stores.FLOAT64)) {
            store.get(name).detach().copy_(exact);
        }
    }

    private Optimizer adamW(TensorStore store, int microBatches, boolean gradientsStay) {
        List<ParameterGroup> groups = List.of(
                new ParameterGroup(List.of("first"), 0, torch.weightDecay().get(0)),
                new ParameterGroup(List.of("second"), 0, torch.weightDecay().get(1)));
        return Optimizer.of(
                new OptimizerSettings(OptimizerKind.ADAMW, groups, microBatches), store::get, gradientsStay);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "4, false", "4, true"})
    void stepsAsPyTorchOverTheMeanOfMicroBatches(int microBatches, boolean gradientsStay) {
        try (TensorStore store = store(torch.first(), torch.second());
                Optimizer adamW = adamW(store, microBatches, gradientsStay)) {
            for (Step step : torch.steps()) {
                step(store, adamW, step, microBatches);
                check(store, adamW, step);
            }
        }
    }

    private static void step(TensorStore store, Optimizer adamW, Step step, int microBatches) {
        for (int i = 0; i < microBatches; i++) {
            Stores.addGradient(store, "first", step.gradients().get(0));
            if (step.gradients().get(1).length > 0) {
                Stores.addGradient(store, "second", step.gradients().get(1));
            }
        }
        if (step.gradients().get(1).length == 0) {
            store.get("second").mutable_grad().reset();
        }
        adamW.step(step.rates());
    }

    private static void check(TensorStore store, Optimizer adamW, Step step) {
        assertClose(Stores.values(store, "first"), step.first());
        assertClose(Stores.values(store, "second"), step.second());
        for (int i = 0; i < 2; i++) {
            State expected = step.state().get(i);
            Map<String, Tensor> state = adamW.state(i == 0 ? "first" : "second");
            assertThat(state).containsOnlyKeys("step", "exp_avg", "exp_avg_sq");
            assertThat(state.get("step").item_double()).isEqualTo(expected.step());
            assertClose(Tensors.toDoubles(state.get("exp_avg")), expected.mean());
            assertClose(Tensors.toDoubles(state.get("exp_avg_sq")), expected.square());
        }
    }

    private static void assertClose(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isEqualTo(expected[i], within(EXACT * Math.abs(expected[i])));
        }
    }

    @Test
    void goesOnFromWhatWasSaved() {
        Step third = torch.steps().get(2);
        try (TensorStore store = store(third.first(), third.second());
                Optimizer adamW = adamW(store, 1, false)) {
            OptimizerTensors tensors = new OptimizerTensors(adamW, store);
            for (int i = 0; i < 2; i++) {
                String name = i == 0 ? "first" : "second";
                State state = third.state().get(i);
                List<Long> shape = List.of((long) state.mean().length);
                tensors.restore(name, "step", new double[] {state.step()}, List.of());
                tensors.restore(name, "exp_avg", state.mean(), shape);
                tensors.restore(name, "exp_avg_sq", state.square(), shape);
                assertThat(tensors.entries(name)).containsExactlyInAnyOrder("step", "exp_avg", "exp_avg_sq");
                assertThat(tensors.toDoubles(name, "exp_avg")).isEqualTo(state.mean());
            }
            for (Step step : torch.steps().subList(3, torch.steps().size())) {
                step(store, adamW, step, 1);
                check(store, adamW, step);
            }
        }
    }

    @Test
    void aStepThatIsSkippedDoesNotCount() {
        try (TensorStore store = store(torch.first(), torch.second());
                Optimizer adamW = adamW(store, 1, false)) {
            Stores.overflow(store, "first");
            adamW.skip();
            assertThat(adamW.state("first")).isEmpty();
            Step step = torch.steps().get(0);
            step(store, adamW, step, 1);
            check(store, adamW, step);
        }
    }
}
