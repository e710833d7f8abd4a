package org.elasticvision.train.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.convert.checkpoint.CheckpointForm;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.dataset.IdxFiles;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.data.transform.randaugment.RandAugment;
import org.elasticvision.train.distributed.BatchNormSharing;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run was started with is taken back when it is resumed. */
class ResumedSwitchesTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void draw() {
        ShapesDataset.write(shared.resolve("shapes"), new ShapesOptions(16, 8, 48, 1));
    }

    private int run(List<String> words) {
        err.getBuffer().setLength(0);
        CommandLine command =
                ElasticCommandLine.create().setOut(new PrintWriter(err)).setErr(new PrintWriter(err));
        return command.execute(words.toArray(String[]::new));
    }

    private void begin(String... options) {
        List<String> words = new ArrayList<>(List.of(
                "train",
                shared.resolve("shapes").toString(),
                "--arch=resnext_tiny_elastic",
                "--input-size=48",
                "--epochs=1",
                "--batch=8",
                "-o",
                folder + "/run"));
        words.addAll(List.of(options));
        assertThat(run(words)).as(err.toString()).isZero();
    }

    private RunSettings resume(String... options) {
        List<String> words = new ArrayList<>(List.of("train", "--resume", folder + "/run"));
        words.addAll(List.of(options));
        assertThat(run(words)).as(err.toString()).isZero();
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(folder.resolve("run/checkpoint.pth.tar"))) {
            return RunSettings.of(checkpoint);
        }
    }

    private void refused(String message, String... options) {
        List<String> words = new ArrayList<>(List.of("train", "--resume", folder + "/run"));
        words.addAll(List.of(options));
        assertThat(run(words)).as(err.toString()).isEqualTo(2);
        assertThat(err.toString().strip()).contains(message).doesNotContain("\n");
    }

    private static Augmentation augmentation(RunSettings settings) {
        return settings.data().orElseThrow().augmentation();
    }

    @Test
    void switchesAreTakenBack() {
        begin("--skip-bad", "--legacy-checkpoint", "--recompute", "--freeze-bn", "--no-augment");
        RunSettings kept = resume("--epochs=2");
        assertThat(kept.loading().skipBad()).isTrue();
        assertThat(kept.results().checkpoints()).isEqualTo(CheckpointForm.LEGACY);
        assertThat(kept.torch().activationCheckpointing()).isTrue();
        assertThat(kept.recipe().freezeBatchNorm()).isTrue();
        assertThat(augmentation(kept)).isEqualTo(Augmentation.none());
        RunSettings back = resume(
                "--epochs=3",
                "--no-skip-bad",
                "--no-legacy-checkpoint",
                "--no-recompute",
                "--no-freeze-bn",
                "--augment");
        assertThat(back.loading().skipBad()).isFalse();
        assertThat(back.results().checkpoints()).isEqualTo(CheckpointForm.ZIP);
        assertThat(back.torch().activationCheckpointing()).isFalse();
        assertThat(back.recipe().freezeBatchNorm()).isFalse();
        assertThat(augmentation(back)).isEqualTo(Augmentation.published());
        assertThat(back.notes())
                .contains("--no-skip-bad", "--no-legacy-checkpoint", "--no-recompute", "--no-freeze-bn", "--augment")
                .doesNotContain("--skip-bad", "--no-augment");
    }

    @Test
    void theSharingOfBatchNormStatisticsIsTakenBackAndChanged() {
        begin("--average-bn");
        assertThat(resume("--epochs=2").recipe().batchNormSharing()).isEqualTo(BatchNormSharing.AVERAGED);
        assertThat(resume("--epochs=3", "--sync-bn").recipe().batchNormSharing())
                .isEqualTo(BatchNormSharing.SYNCHRONISED);
        assertThat(resume("--epochs=4", "--no-average-bn").recipe().batchNormSharing())
                .isEqualTo(BatchNormSharing.SYNCHRONISED);
        RunSettings back = resume("--epochs=5", "--no-sync-bn");
        assertThat(back.recipe().batchNormSharing()).isEqualTo(BatchNormSharing.FIRST_RANK);
    }

    @Test
    void cropsAreTakenUpWithoutTheRestOfTheAugmentation() {
        begin("--no-augment");
        refused("--no-augment takes images as they are", "--no-augment", "--crop-area=0.5");
        RunSettings cropped = resume("--epochs=2", "--crop-area=0.5");
        assertThat(augmentation(cropped))
                .isEqualTo(Augmentation.published().withAreaMin(0.5).withFlip(0).withScale(1, 1));
        assertThat(cropped.notes()).contains("--crop-area=0.5", "--flip=0").doesNotContain("--no-augment");
        RunSettings usual = resume("--epochs=3", "--augment", "--crop-area=0.25");
        assertThat(augmentation(usual)).isEqualTo(Augmentation.published().withAreaMin(0.25));
        assertThat(usual.notes())
                .contains("--augment", "--crop-area=0.25")
                .doesNotContain("--flip=0", "--crop-area=0.5");
    }

    @Test
    void mixingBeginsAndEndsOnTheWay() {
        begin("--mixup=0.2");
        Augmentation usual = Augmentation.published();
        assertThat(augmentation(resume("--epochs=2", "--cutmix=1")))
                .isEqualTo(usual.withMixUp(0.2).withCutMix(1));
        assertThat(augmentation(resume("--epochs=3", "--mixup=0"))).isEqualTo(usual.withCutMix(1));
        RunSettings none = resume("--epochs=4", "--no-augment");
        assertThat(augmentation(none)).isEqualTo(Augmentation.none());
        assertThat(none.notes()).doesNotContain("--mixup=0", "--cutmix=1");
    }

    @Test
    void randAugmentStaysChangesAndEnds() {
        begin("--randaugment=2,9");
        Augmentation both = Augmentation.published().withRandAugment(Optional.of(new RandAugment(2, 9)));
        assertThat(augmentation(resume("--epochs=2"))).isEqualTo(both);
        RunSettings stronger = resume("--epochs=3", "--randaugment=1,20");
        assertThat(augmentation(stronger)).isEqualTo(both.withRandAugment(Optional.of(new RandAugment(1, 20))));
        assertThat(stronger.notes()).contains("--randaugment=1,20").doesNotContain("--randaugment=2,9");
        RunSettings ended = resume("--epochs=4", "--randaugment=none");
        assertThat(augmentation(ended)).isEqualTo(Augmentation.published());
        RunSettings usual = resume("--epochs=5", "--augment");
        assertThat(usual.notes()).contains("--augment").doesNotContain("--randaugment=none");
    }

    @Test
    void imagesOfIdxFilesAreNotCroppedWhateverTheRunHad() throws Exception {
        Path idx = folder.resolve("idx");
        Files.createDirectories(idx);
        IdxFiles.write(idx, "train", "-", "", 16, 28, 28);
        IdxFiles.write(idx, "t10k", "-", "", 8, 28, 28);
        List<String> words = List.of(
                "train",
                idx.toString(),
                "--arch=resnext_tiny_elastic",
                "--epochs=1",
                "--batch=8",
                "--no-augment",
                "-o",
                folder + "/run");
        assertThat(run(words)).as(err.toString()).isZero();
        refused("images of IDX files are moved, not cropped", "--crop-area=0.5");
        assertThat(augmentation(resume("--epochs=2", "--augment"))).isEqualTo(Augmentation.forSmall(28));
    }

    @Test
    void thePairingOfClassesStays() {
        begin();
        refused("--by-order: this run has paired classes by their names", "--by-order");
        assertThat(resume("--no-by-order").data().orElseThrow().source().byOrder())
                .isFalse();
    }

    @Test
    void thePairingByOrderStaysToo() {
        begin("--by-order");
        refused("--no-by-order: this run has paired classes by their order", "--no-by-order");
        assertThat(resume("--by-order").data().orElseThrow().source().byOrder()).isTrue();
    }

    @Test
    void theRecordedCommandSaysWhatTheSettingsAre() {
        Map<String, List<String>> before = new LinkedHashMap<>(Map.of(
                "--augment",
                List.of("--no-augment"),
                "--flip",
                List.of("--flip=0.2"),
                "--mixup",
                List.of("--mixup=0.2"),
                "--cutmix",
                List.of("--cutmix=1"),
                "--lr",
                List.of("--lr=1")));
        AugmentationOptions.giveWay(before, Set.of("--epochs"));
        assertThat(before).hasSize(5);
        AugmentationOptions.giveWay(before, Set.of("--crop-area"));
        assertThat(before.keySet()).containsExactlyInAnyOrder("--flip", "--mixup", "--cutmix", "--lr");
        assertThat(before.get("--flip")).containsExactly("--flip=0.2");
        AugmentationOptions.giveWay(before, Set.of("--augment"));
        assertThat(before.keySet()).containsExactly("--lr");
    }
}
