package org.elasticvision.train.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.progress.EpochProgress;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.device.TorchSettings;
import org.elasticvision.train.torch.device.TorchThreads;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An application goes on with a run by its folder alone: no command line has to do with it. */
class ResumeFolderTest {
    private static final TrainingListener NOBODY = new TrainingListener() {};

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private final int threads = TorchThreads.get();

    @BeforeAll
    static void draw() {
        ShapesDataset.write(shared.resolve("shapes"), new ShapesOptions(32, 8, 48, 1));
    }

    @AfterEach
    void restoreThreads() {
        TorchThreads.set(threads);
    }

    private static RunSettings settings(Task task) {
        Recipe recipe = Recipe.published(task, Architecture.of("resnext_tiny_elastic"));
        return RunSettings.of(
                        Architecture.of("resnext_tiny_elastic"), task, DataSource.of(shared.resolve("shapes")), 48)
                .with(run -> run.recipe(recipe.with(
                                changes -> changes.epochs(2).batchSize(8).accumulationSteps(2)))
                        .torch(new TorchSettings("cpu", TrainingPrecision.FLOAT32, true, false, OptionalInt.of(1)))
                        .seed(3));
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void byItsFolderAlone(Task task) {
        List<EpochSummary> expected = Training.start(
                        settings(task).open(folder.resolve("whole"), note -> {}), NOBODY, new StopSignal())
                .epochs();
        StopSignal stop = new StopSignal();
        TrainingListener stopping = new TrainingListener() {
            @Override
            public void step(EpochProgress progress) {
                if (progress.update() == 3) {
                    stop.stop();
                }
            }
        };
        Path parts = folder.resolve("parts");
        TrainingResult stopped = Training.start(settings(task).open(parts, note -> {}), stopping, stop);
        assertThat(stopped.finished()).isFalse();
        TorchThreads.set(2);
        TrainingResult resumed = Training.resume(parts, NOBODY, new StopSignal());
        assertThat(TorchThreads.get()).as("a setting too").isEqualTo(1);
        assertThat(resumed.finished()).isTrue();
        List<EpochSummary> actual = new ArrayList<>(stopped.epochs());
        actual.addAll(resumed.epochs());
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).training().loss())
                    .isEqualTo(expected.get(i).training().loss());
            assertThat(actual.get(i).validation()).isEqualTo(expected.get(i).validation());
        }
    }

    @Test
    void notWhereAnApplicationHandedOverTheExamples() {
        Training.start(Jobs.of(Task.CLASSIFICATION, folder, Jobs.recipe(1, 8, 1)), NOBODY, new StopSignal());
        assertThatThrownBy(() -> Training.resume(folder, NOBODY, new StopSignal()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("an application handed over the examples of this run");
    }
}
