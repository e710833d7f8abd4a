package org.elasticvision.train.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.quantize.qdq.Int8Weights;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.outcome.ModelExport;
import org.elasticvision.train.progress.EpochProgress;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.quantization.QuantizationAwareTraining;
import org.elasticvision.train.settings.QuantizedTraining;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.stop.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A trained network is trained on in fake quantization, and its int8 model written. */
class QuantizationAwareTrainingTest {
    private static final double RATE = 1e-3;

    private static final Map<Task, TrainingJob> TRAINED = new EnumMap<>(Task.class);

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private final StopSignal stop = new StopSignal();

    /** One run of each task serves all tests. */
    private static TrainingJob trained(Task task) {
        return TRAINED.computeIfAbsent(task, QuantizationAwareTrainingTest::train);
    }

    private static TrainingJob train(Task task) {
        TrainingJob job =
                Jobs.of(task, shared.resolve(task.id()), Jobs.learning(task).with(recipe -> recipe.epochs(1)));
        TrainingResult result = Training.start(job, new TrainingListener() {}, new StopSignal());
        ModelExport.export(result.best(), job.model(), job.validation(), 4);
        return job;
    }

    private Path int8() {
        return folder.resolve("int8.onnx");
    }

    private Optional<QuantizationAwareTraining.Result> run(
            TrainingJob job, QuantizedTraining settings, TrainingListener listener) {
        return QuantizationAwareTraining.run(job, settings, job.model(), int8(), listener, stop);
    }

    @ParameterizedTest
    @CsvSource({"CLASSIFICATION, CPU, SEVEN_BITS", "SEGMENTATION, TENSORRT, FULL"})
    void writesTheInt8ModelOfWhatWasLearned(Task task, Int8Target target, Int8Weights form) {
        TrainingJob job = trained(task);
        List<EpochSummary> epochs = new ArrayList<>();
        QuantizationAwareTraining.Result result = run(
                        job, new QuantizedTraining(target, form, 2, RATE), new TrainingListener() {
                            @Override
                            public void epoch(EpochSummary summary) {
                                epochs.add(summary);
                            }
                        })
                .orElseThrow();
        assertThat(epochs).hasSize(2);
        assertThat(epochs.get(1).training().loss())
                .isLessThan(epochs.get(0).training().loss());
        assertThat(result.after().error()).isLessThanOrEqualTo(result.before().error());
        assertThat(result.layers()).isGreaterThan(20);
        assertThat(result.agrees()).isTrue();
        assertThat(result.compared().images()).isEqualTo(job.validation().size());
        OnnxModel written = OnnxModel.read(int8());
        ModelInfo info = ModelInfo.fromMetadata("int8.onnx", written.metadata());
        assertThat(info.precision()).isEqualTo("int8");
        assertThat(info.task()).isEqualTo(task);
        assertThat(written.graph().nodes(OpType.QUANTIZE_LINEAR)).hasSizeGreaterThan(20);
    }

    @Test
    void nothingIsWrittenWhereItIsStopped() {
        TrainingJob job = trained(Task.CLASSIFICATION);
        Optional<QuantizationAwareTraining.Result> result =
                run(job, QuantizedTraining.of(Int8Target.CPU), new TrainingListener() {
                    @Override
                    public void step(EpochProgress progress) {
                        stop.stop();
                    }
                });
        assertThat(result).isEmpty();
        assertThat(int8()).doesNotExist();
    }

    @Test
    void aRateAtWhichItDivergesIsNamed() {
        TrainingJob job = trained(Task.CLASSIFICATION);
        QuantizedTraining settings = new QuantizedTraining(Int8Target.CPU, Int8Weights.FULL, 1, 1e30);
        assertThatThrownBy(() -> run(job, settings, new TrainingListener() {}))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("the loss is NaN or infinite in QAT epoch 1")
                .hasMessageEndingWith("start again with a lower --qat-lr");
        assertThat(int8()).doesNotExist();
    }
}
