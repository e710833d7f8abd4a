package org.elasticvision.train.checkpoint;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.CheckpointFiles;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.convert.checkpoint.PythonTorch;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.tensor.DType;
import org.elasticvision.convert.checkpoint.tensor.OrderedDict;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrainingCheckpointTest {
    private static final Map<String, Object> TRAINING = Map.of(
            "step", 123_456_789_012L, "seed", -7L, "recipe", Map.of("schedule", List.of(30L, 60L), "warmup", 0.5));

    @TempDir
    static Path folder;

    private static Path file;

    @BeforeAll
    static void write() {
        file = folder.resolve("run.pth.tar");
        TrainingCheckpoint.write(file, FakeRun.summary(3, 12.25, TRAINING), run(DType.FLOAT32));
    }

    @Test
    void aRunComesBackAsItWas() {
        FakeRun run = run(DType.FLOAT32);
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(file)) {
            assertThat(checkpoint.summary()).isEqualTo(FakeRun.summary(3, 12.25, TRAINING));
            assertThat(checkpoint.groups()).isEqualTo(run.groups());
            for (String name : List.of("conv1.weight", "layer3.1.bn3.running_var", "fc.bias")) {
                float expected = run.values().apply(name).floatValue();
                assertThat(checkpoint.tensor(name).dtype()).isEqualTo(DType.FLOAT32);
                assertThat(checkpoint.tensor(name).toFloats())
                        .hasSize((int) run.specs().get(name).elementCount())
                        .containsOnly(expected);
            }
            CheckpointTensor counter = checkpoint.tensor("bn1.num_batches_tracked");
            assertThat(counter.dtype()).isEqualTo(DType.INT64);
            assertThat(counter.shape()).isEmpty();
            assertThat(counter.toLongs())
                    .containsExactly(
                            run.values().apply("bn1.num_batches_tracked").longValue());
            assertThat(checkpoint
                            .optimizerState("fc.bias")
                            .get("momentum_buffer")
                            .toFloats())
                    .containsOnly((float) (run.values().apply("fc.bias") / 10));
            assertThat(checkpoint.optimizerState(FakeRun.UNMOVED)).isEmpty();
            assertThat(checkpoint.optimizerState(FakeRun.FROZEN)).isEmpty();
        }
    }

    @Test
    void theKeysAreThoseOfThePublishedFiles() {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.root().keySet())
                    .containsExactly("epoch", "arch", "state_dict", "best_err1", "optimizer", "elasticvision");
            assertThat(checkpoint.root())
                    .containsEntry("epoch", 3L)
                    .containsEntry("arch", "resnext_tiny_elastic")
                    .containsEntry("best_err1", 12.25);
            assertThat(checkpoint.stateDict().names())
                    .isEqualTo(run(DType.FLOAT32).names());
            assertThat(((Map<?, ?>) checkpoint.root().get("state_dict"))
                            .keySet()
                            .iterator()
                            .next())
                    .isEqualTo("module.conv1.weight");
        }
    }

    @Test
    void pyTorchReadsItAndItsSgdGoesOnFromIt() throws IOException {
        assertThat(PythonTorch.run(
                        """
                        import sys, torch
                        c = torch.load(sys.argv[1])
                        state = c['state_dict']
                        print(list(c), c['epoch'], c['arch'], c['best_err1'], type(state).__name__, len(state))
                        print(c['elasticvision']['task'], c['elasticvision']['labels'][0][0], c['elasticvision']['training']['step'])
                        names = c['elasticvision']['parameters']
                        p = [torch.nn.Parameter(state['module.' + n].clone()) for n in names]
                        sgd = torch.optim.SGD([{'params': p[:-2]}, {'params': p[-2:]}], lr=9, momentum=0)
                        own = sgd.state_dict()['param_groups'][0]
                        print(set(own) - set(c['optimizer']['param_groups'][0]))
                        sgd.load_state_dict(c['optimizer'])
                        for q in p:
                            q.grad = torch.ones_like(q)
                        sgd.step()
                        for i, lr, decay in ((0, 0.05, 1e-4), (len(p) - 2, 0.5, 0)):
                            w = state['module.' + names[i]].double()
                            expected = w - lr * (0.9 * w / 10 + 1 + decay * w)
                            print(names[i], torch.allclose(p[i].double(), expected, rtol=1e-6))
                        """,
                        file))
                .isEqualTo(
                        """
                        ['epoch', 'arch', 'state_dict', 'best_err1', 'optimizer', 'elasticvision'] 3 resnext_tiny_elastic 12.25 OrderedDict %d
                        classification n1 123456789012
                        set()
                        bn1.weight True
                        fc.weight True
                        """
                                .formatted(run(DType.FLOAT32).names().size()));
    }

    @Test
    void aFileThatPyTorchWroteBackIsResumed() throws IOException {
        Path again = folder.resolve("again.pth.tar");
        PythonTorch.run("import sys, torch; torch.save(torch.load(sys.argv[1]), sys.argv[2])", file, again);
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(again)) {
            assertThat(checkpoint.summary()).isEqualTo(FakeRun.summary(3, 12.25, TRAINING));
            assertThat(checkpoint.groups()).isEqualTo(run(DType.FLOAT32).groups());
            assertThat(checkpoint.optimizerState("fc.bias")).containsOnlyKeys("momentum_buffer");
        }
    }

    @Test
    void pyTorchsAdamWGoesOnFromItAndItsFileIsResumed() throws IOException {
        Path adamW = folder.resolve("adamw.pth.tar");
        Path again = folder.resolve("adamw_again.pth.tar");
        FakeRun run = run(DType.FLOAT32).withAdamW();
        TrainingCheckpoint.write(adamW, FakeRun.summary(3, 12.25, TRAINING), run);
        assertThat(PythonTorch.run(
                        """
                        import sys, torch
                        c = torch.load(sys.argv[1])
                        state = c['state_dict']
                        names = c['elasticvision']['parameters']
                        p = [torch.nn.Parameter(state['module.' + n].clone()) for n in names]
                        adamw = torch.optim.AdamW([{'params': p[:-2]}, {'params': p[-2:]}], lr=9, weight_decay=9)
                        own = adamw.state_dict()['param_groups'][0]
                        print(set(own) - set(c['optimizer']['param_groups'][0]))
                        adamw.load_state_dict(c['optimizer'])
                        for q in p:
                            q.grad = torch.ones_like(q)
                        adamw.step()
                        for i, lr, decay in ((0, 0.05, 1e-4), (len(p) - 2, 0.5, 0)):
                            w = state['module.' + names[i]].double()
                            mean = (0.9 * w / 10 + 0.1) / (1 - 0.9 ** 8)
                            square = (0.999 * 0.25 + 0.001) / (1 - 0.999 ** 8)
                            expected = w * (1 - lr * decay) - lr * mean / (square ** 0.5 + 1e-8)
                            print(names[i], torch.allclose(p[i].double(), expected, rtol=1e-6))
                        c['optimizer'] = adamw.state_dict()
                        torch.save(c, sys.argv[2])
                        """,
                        adamW,
                        again))
                .isEqualTo(
                        """
                        set()
                        bn1.weight True
                        fc.weight True
                        """);
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(again)) {
            assertThat(checkpoint.groups()).hasSize(2);
            Map<String, CheckpointTensor> state = checkpoint.optimizerState("fc.bias");
            assertThat(state).containsOnlyKeys("step", "exp_avg", "exp_avg_sq");
            assertThat(state.get("step").toFloats()).containsExactly(8);
        }
    }

    @Test
    void adamWsStateComesBack() {
        Path adamW = folder.resolve("state.pth.tar");
        FakeRun run = FakeRun.of(DType.FLOAT64, name -> name.endsWith("tracked") ? 2 : Math.PI);
        TrainingCheckpoint.write(adamW, FakeRun.summary(0, 100, Map.of()), run.withAdamW());
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(adamW)) {
            Map<String, CheckpointTensor> state = checkpoint.optimizerState("fc.weight");
            assertThat(state.get("step").shape()).isEmpty();
            assertThat(state.get("step").toDoubles()).containsExactly(7);
            assertThat(state.get("exp_avg").toDoubles()).containsOnly(Math.PI / 10);
            assertThat(state.get("exp_avg_sq").toDoubles()).containsOnly(0.25);
            assertThat(checkpoint.optimizerState(FakeRun.UNMOVED)).isEmpty();
            assertThat(checkpoint.groups().get(0).weightDecay()).isEqualTo(1e-4);
            assertThat(checkpoint.groups().get(0).momentum()).isZero();
        }
    }

    @Test
    void convertingItNeedsNoOptions() {
        StringWriter err = new StringWriter();
        CommandLine commandLine = ElasticCommandLine.create();
        commandLine.setOut(new PrintWriter(new StringWriter()));
        commandLine.setErr(new PrintWriter(err));
        Path converted = folder.resolve("run.onnx");
        assertThat(commandLine.execute("convert", file.toString()))
                .as(err.toString())
                .isZero();
        try (Model<?> model = Model.open(converted)) {
            assertThat(model.info().architecture()).isEqualTo("resnext_tiny_elastic");
            assertThat(model.info().task()).isEqualTo(Task.CLASSIFICATION);
            assertThat(model.info().labels()).isEqualTo(FakeRun.LABELS);
            assertThat(model.info().preprocessing())
                    .isEqualTo(FakeRun.summary(0, 0, Map.of()).model().preprocessing());
        }
    }

    @Test
    void float64ComesBackBitForBit() {
        Path exact = folder.resolve("float64.pth.tar");
        FakeRun run = FakeRun.of(DType.FLOAT64, name -> name.endsWith("tracked") ? 2 : Math.PI);
        TrainingCheckpoint.write(exact, FakeRun.summary(0, 100, Map.of()), run);
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(exact)) {
            assertThat(checkpoint.tensor("fc.weight").dtype()).isEqualTo(DType.FLOAT64);
            assertThat(checkpoint.tensor("fc.weight").toDoubles()).containsOnly(Math.PI);
            assertThat(checkpoint
                            .optimizerState("fc.weight")
                            .get("momentum_buffer")
                            .toDoubles())
                    .containsOnly(Math.PI / 10);
        }
    }

    @Test
    void aReleasedFileIsNoRunOfOurs() throws IOException {
        Path released = CheckpointFiles.hollow(
                folder.resolve("released.pth.tar"),
                Optional.of("resnext_tiny_elastic"),
                FakeRun.ARCHITECTURE.network(Task.CLASSIFICATION, 1000).tensors());
        assertThatThrownBy(() -> TrainingCheckpoint.open(released))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("released.pth.tar: cannot be resumed: it has no entry 'elasticvision'")
                .hasMessageContaining("--init-from");
    }

    @Test
    void aPartThatIsMissingOrWrongIsNamed() {
        refused(root -> root.remove("optimizer"), "its entry 'optimizer' is missing or of the wrong kind");
        refused(root -> root.remove("best_err1"), "its entry 'best_err1' is missing");
        refused(root -> root.put("epoch", "three"), "its entry 'epoch' is missing or of the wrong kind");
        refused(root -> root.put("epoch", -1L), "its epoch is -1");
        refused(root -> entry(root).remove("parameters"), "its entry 'parameters' is missing");
        refused(root -> entry(root).remove("training"), "its entry 'training' is missing");
        refused(root -> entry(root).put("parameters", List.of("fc.weight")), "has a parameter 1 that has no name");
        refused(root -> entry(root).put("task", "poetry"), "unknown task 'poetry'");
        refused(root -> entry(root).put("labels", List.of(List.of("a", "b"))), "names 1 classes but its network has 3");
        refused(
                root -> root.put("optimizer", optimizer(Map.of("momentum_buffer", hollow(List.of(9L))), 0.1)),
                "the momentum_buffer of fc.weight is of shape [9], not [3, 128]");
        SavedTensor weights = hollow(List.of(3L, 128L));
        refused(root -> root.put("optimizer", adamW(0.9, Map.of("exp_avg", weights))), "keeps no step of fc.weight");
        refused(
                root -> root.put("optimizer", adamW(0.9, Map.of("step", hollow(List.of(1L))))),
                "the step of fc.weight is of shape [1], not []");
        refused(root -> root.put("optimizer", adamW(0.8, Map.of())), "its AdamW has betas [0.8, 0.999] and eps 1.0E-8");
        refused(root -> root.put("optimizer", optimizer(Map.of(), -1.0)), "learning rate -1.0 must be 0 or more");
    }

    @Test
    void aParameterIsInOneGroupAndInTheStateDict() {
        FakeRun run = run(DType.FLOAT32);
        for (String name : List.of("fc.weight", "nowhere.weight")) {
            TrainingState twice = new TrainingState() {
                @Override
                public List<String> names() {
                    return run.names();
                }

                @Override
                public SavedTensor tensor(String name) {
                    return run.tensor(name);
                }

                @Override
                public Map<String, SavedTensor> optimizerState(String name) {
                    return Map.of();
                }

                @Override
                public List<SavedParameterGroup> groups() {
                    return List.of(new SavedParameterGroup(List.of("fc.weight", name), 0, 0, 0));
                }
            };
            Path target = folder.resolve("never.pth.tar");
            assertThatThrownBy(() -> TrainingCheckpoint.write(target, FakeRun.summary(0, 100, Map.of()), twice))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
            assertThat(Files.exists(target)).isFalse();
        }
    }

    private interface Change {
        void of(Map<String, Object> root);
    }

    /** A small file that is whole but for the change. */
    private static void refused(Change change, String message) {
        FakeRun run = run(DType.FLOAT32);
        Map<String, Object> state = new LinkedHashMap<>();
        run.names().forEach(name -> state.put(name, hollow(run.specs().get(name).shape())));
        Map<String, Object> root = new LinkedHashMap<>(PublishedForm.of(
                FakeRun.summary(3, 12.25, Map.of()), new FakeRun(run.specs(), DType.FLOAT32, name -> 0.0)));
        root.put("state_dict", new OrderedDict(state));
        root.put("optimizer", optimizer(Map.of(), 0.1));
        entry(root).put("parameters", List.of("fc.weight", "fc.bias"));
        change.of(root);
        Path bad = folder.resolve("bad.pth.tar");
        CheckpointWriter.write(bad, root);
        assertThatThrownBy(() -> TrainingCheckpoint.open(bad).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("bad.pth.tar: ")
                .hasMessageContaining(message);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> entry(Map<String, Object> root) {
        return (Map<String, Object>) root.get("elasticvision");
    }

    private static Map<String, Object> optimizer(Map<String, ?> state, double learningRate) {
        Map<String, Object> group =
                Map.of("lr", learningRate, "momentum", 0.9, "weight_decay", 0, "params", List.of(0, 1));
        return Map.of("state", Map.of(0, state), "param_groups", List.of(group));
    }

    private static Map<String, Object> adamW(double beta, Map<String, ?> state) {
        Map<String, Object> group = Map.of(
                "lr", 0.1, "betas", List.of(beta, 0.999), "eps", 1e-8, "weight_decay", 0, "params", List.of(0, 1));
        return Map.of("state", Map.of(0, state), "param_groups", List.of(group));
    }

    private static SavedTensor hollow(List<Long> shape) {
        int count = shape.stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact);
        return SavedTensor.bytes(shape, () -> new byte[count]);
    }

    private static FakeRun run(DType dtype) {
        List<String> names = List.copyOf(FakeRun.of(dtype, name -> 0.0).specs().keySet());
        return FakeRun.of(dtype, name -> names.indexOf(name) + 1.25);
    }
}
