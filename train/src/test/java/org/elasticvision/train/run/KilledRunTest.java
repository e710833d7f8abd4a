package org.elasticvision.train.run;

import java.nio.file.Path;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.outcome.RunReport;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.stop.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a run leaves that ends between the writing of one file and of another, as if it were killed there. */
class KilledRunTest {
    @TempDir
    private Path folder;

    @Test
    void theFiguresOfAnEpochAreThereWhenItsCheckpointIs() {
        TrainingJob job = Jobs.of(Task.CLASSIFICATION, folder, Jobs.recipe(2, 8, 1));
        TrainingListener killed = new TrainingListener() {
            @Override
            public void epoch(EpochSummary summary) {
                throw new IllegalStateException("killed when the checkpoint was written");
            }
        };
        TrainingListener both = TrainingListener.all(killed, RunReport.start(job));
        assertThatThrownBy(() -> Training.start(job, both, new StopSignal())).hasMessageStartingWith("killed");
        RunReport resumed = RunReport.resume(job);
        assertThat(resumed.records()).hasSize(1);
        Training.resume(job, resumed, new StopSignal());
        assertThat(resumed.records()).extracting(record -> record.epoch()).containsExactly(1.0, 2.0);
    }

    @Test
    void anEpochWhoseCheckpointIsMissingComesAgainOnce() {
        TrainingJob job = Jobs.of(Task.CLASSIFICATION, folder, Jobs.recipe(2, 8, 1));
        TrainingListener killed = new TrainingListener() {
            @Override
            public void measured(EpochSummary summary) {
                if (summary.epoch() == 2) {
                    throw new IllegalStateException("killed before the checkpoint was written");
                }
            }
        };
        TrainingListener both = TrainingListener.all(RunReport.start(job), killed);
        assertThatThrownBy(() -> Training.start(job, both, new StopSignal())).hasMessageStartingWith("killed");
        RunReport resumed = RunReport.resume(job);
        assertThat(resumed.records()).hasSize(1);
        Training.resume(job, resumed, new StopSignal());
        assertThat(resumed.records()).extracting(record -> record.epoch()).containsExactly(1.0, 2.0);
    }
}
