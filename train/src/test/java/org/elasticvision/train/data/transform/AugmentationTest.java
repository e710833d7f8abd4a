package org.elasticvision.train.data.transform;

import java.util.List;
import java.util.Optional;
import org.elasticvision.train.data.transform.Augmentation.Crop;
import org.elasticvision.train.data.transform.randaugment.RandAugment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AugmentationTest {
    @Test
    void smallPicturesMoveByLess() {
        assertThat(Augmentation.forSmall(28).shift()).isEqualTo(2);
        assertThat(Augmentation.forSmall(32).shift()).isEqualTo(4);
        assertThat(Augmentation.published().withAreaMin(0.5).withFlip(0).withScale(1, 1.5))
                .isEqualTo(new Augmentation(Crop.RESIZED, 0.5, 4.0 / 3, 0, 0, 1, 1.5));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 0.5, 1, 1, areaMin is 0.0",
        "1.1, 1, 0, 0.5, 1, 1, areaMin is 1.1",
        "1, 0.9, 0, 0.5, 1, 1, ratioMax is 0.9",
        "1, 1, -1, 0.5, 1, 1, shift is -1.0",
        "1, 1, 0, 1.5, 1, 1, flip is 1.5",
        "1, 1, 0, NaN, 1, 1, flip is NaN",
        "1, 1, 0, 0.5, 0, 1, scaleMin is 0.0",
        "1, 1, 0, 0.5, 2, 1, scaleMin is 2.0",
        "1, 1, 0, 0.5, 1, 17, scaleMax is 17.0"
    })
    void refusesWhatMakesNoSense(
            double area, double ratio, int shift, double flip, double scaleMin, double scaleMax, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Augmentation(Crop.RESIZED, area, ratio, shift, flip, scaleMin, scaleMax))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesToEraseLessThanNeverOrMoreThanAlways(double often) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Augmentation.published().withErasing(often))
                .withMessage("erasing is " + often + "; it must be between 0 and 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1001, Double.NaN})
    void refusesToMixByOtherAlphas(double alpha) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Augmentation.published().withMixUp(alpha))
                .withMessage("mixUp is " + alpha + "; it must be between 0 and 1000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Augmentation.published().withCutMix(alpha))
                .withMessage("cutMix is " + alpha + "; it must be between 0 and 1000");
    }

    @Test
    void changesKeepWhatIsErasedDrawnAndMixed() {
        Optional<RandAugment> drawn = Optional.of(new RandAugment(3, 5));
        Augmentation before = Augmentation.none()
                .withErasing(0.25)
                .withRandAugment(drawn)
                .withMixUp(0.2)
                .withCutMix(1);
        Augmentation after = before.withFlip(1)
                .withAreaMin(0.5)
                .withCrops(0.5)
                .withScale(1, 2)
                .withErasing(0.25)
                .withRandAugment(drawn)
                .withMixUp(0.2)
                .withCutMix(1);
        assertThat(List.of(after.erasing(), after.mixUp(), after.cutMix())).containsExactly(0.25, 0.2, 1.0);
        assertThat(after.randAugment()).isEqualTo(drawn);
        assertThat(after.withRandAugment(Optional.empty()).erasing()).isEqualTo(0.25);
    }
}
