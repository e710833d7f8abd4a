package org.elasticvision.train.proposal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.DatasetFolder;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProposalTest {
    private static DataFacts photos(Task task, int images) {
        return new DataFacts(task, images, 3, 240, 320, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        // task, images, GPU, architecture, input, batch, learning rate, epochs
        "CLASSIFICATION, 54, false, resnext_tiny_elastic, 64, 8, 0.044, 111",
        "CLASSIFICATION, 1000, false, resnext_tiny_elastic, 64, 32, 0.088, 18",
        "CLASSIFICATION, 1000, true, resnext_tiny_elastic, 128, 64, 0.12, 71",
        "CLASSIFICATION, 50000, true, resnext50_elastic, 224, 64, 0.05, 30",
        "MULTI_LABEL, 1000, false, resnext_tiny_elastic, 64, 32, 0.0029, 18",
        "SEGMENTATION, 200, false, resnext_tiny_elastic, 320, 8, 0.049, 30",
    })
    void followsFromTheDataAndTheDevice(
            Task task, int images, boolean gpu, String architecture, int side, int batch, double rate, int epochs) {
        Proposal proposal = Proposal.of(photos(task, images), Optional.empty(), gpu, 1, Proposal.Decided.nothing());
        assertThat(proposal.architecture()).isEqualTo(Architecture.of(architecture));
        assertThat(proposal.input()).contains(new InputSize(side, side));
        assertThat(proposal.batchSize()).isEqualTo(batch);
        assertThat(proposal.learningRate()).isEqualTo(rate);
        assertThat(proposal.epochs()).isEqualTo(epochs);
        assertThat(proposal.warmupEpochs()).isBetween(1, proposal.epochs());
        assertThat(proposal.emaDecay().isPresent()).as("of few images").isEqualTo(images < 5000);
    }

    @Test
    void weightsToStartFromSayTheNetworkAndAskForLess() {
        DataFacts facts = photos(Task.CLASSIFICATION, 1000);
        Proposal scratch = Proposal.of(facts, Optional.empty(), false, 1, Proposal.Decided.nothing());
        Architecture large = Architecture.of("resnext50_elastic");
        Proposal tuned = Proposal.of(facts, Optional.of(large), false, 1, Proposal.Decided.nothing());
        assertThat(tuned.architecture()).isEqualTo(large);
        assertThat(tuned.input()).contains(new InputSize(224, 224));
        assertThat(tuned.learningRate()).isLessThan(scratch.learningRate() / 5);
        assertThat(tuned.epochs()).isLessThan(scratch.epochs());
    }

    @Test
    void theRestGoesByWhatIsDecided() {
        Proposal.Decided decided = new Proposal.Decided(OptionalInt.of(32), OptionalInt.of(1));
        Proposal proposal = Proposal.of(photos(Task.CLASSIFICATION, 54), Optional.empty(), false, 1, decided);
        assertThat(proposal.learningRate()).isEqualTo(0.088);
        assertThat(proposal.warmupEpochs()).as("of one epoch").isZero();
    }

    @Test
    void aBatchIsSharedEvenly() {
        assertThat(Proposal.of(photos(Task.CLASSIFICATION, 60), Optional.empty(), false, 3, Proposal.Decided.nothing())
                        .batchSize())
                .isEqualTo(9);
        assertThat(Proposal.of(photos(Task.CLASSIFICATION, 8), Optional.empty(), false, 1, Proposal.Decided.nothing())
                        .batchSize())
                .isEqualTo(2);
    }

    @Test
    void smallPicturesAreNotEnlargedAndIdxKeepsItsSize() {
        DataFacts icons = new DataFacts(Task.CLASSIFICATION, 500, 3, 50, 50, Optional.empty());
        assertThat(Proposal.of(icons, Optional.empty(), false, 1, Proposal.Decided.nothing())
                        .input())
                .contains(new InputSize(48, 48));
        DataFacts idx = new DataFacts(Task.CLASSIFICATION, 500, 3, 28, 28, Optional.of(new InputSize(28, 28)));
        Proposal digits = Proposal.of(idx, Optional.empty(), false, 1, Proposal.Decided.nothing());
        assertThat(digits.input()).isEmpty();
        assertThat(digits.cropArea()).as("IDX images are moved, not cropped").isEmpty();
    }

    @Test
    void countsADataSet(@TempDir Path data) {
        ShapesDataset.write(data, new ShapesOptions(24, 6, 48, 1));
        DataFacts facts = DataFacts.of(Task.CLASSIFICATION, DatasetFolder.detect(Task.CLASSIFICATION, data));
        assertThat(facts.images()).isEqualTo(24);
        assertThat(facts.shortSide()).isEqualTo(48);
        assertThat(facts.classes()).isGreaterThan(1);
    }
}
