package org.elasticvision.train.report;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.Framing;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.dataset.coco.MultiLabelTarget;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PredictionPicturesTest {
    private static final RgbImage PICTURE = new RgbImage(4, 4, new byte[48]);

    @TempDir
    Path folder;

    @Test
    void aClassIsRightOrIsCorrected() {
        Classification answer = new Classification(List.of(score("ring", 1, 1, 0.7), score("star", 0, 0, 0.3)));
        assertThat(PredictionPictures.of(PICTURE, answer, 1))
                .isEqualTo(new Sample(PICTURE, "ring 70 %", "", Optional.of(true)));
        assertThat(PredictionPictures.of(PICTURE, answer, 0))
                .isEqualTo(new Sample(PICTURE, "ring 70 %", "is star 30 %", Optional.of(false)));
    }

    @Test
    void aSetSaysWhatWasMissedAndWhatIsNotThere() {
        LabelSet answer = new LabelSet(
                List.of(score("star", 0, 2, 0.88), score("ring", 1, -1, 0.27), score("heart", 2, 1, 0.73)));
        assertThat(PredictionPictures.of(PICTURE, answer, target(true, true, false)))
                .isEqualTo(new Sample(
                        PICTURE, "star 88 %, heart 73 %", "missed: ring; not there: heart", Optional.of(false)));
        assertThat(PredictionPictures.of(PICTURE, answer, target(true, false, true))
                        .right())
                .contains(true);
        LabelSet none = new LabelSet(List.of(score("star", 0, -2, 0.1)));
        assertThat(PredictionPictures.of(PICTURE, none, target(false)).answer()).isEqualTo("nothing");
    }

    @Test
    void aMaskStandsBesideTheTruth() {
        byte[] answer = new byte[16];
        byte[] truth = new byte[16];
        answer[0] = 1;
        truth[0] = 1;
        truth[1] = 1;
        truth[15] = (byte) 255;
        List<Label> labels = List.of(new Label("0", "background"), new Label("1", "star"));
        Sample sample = PredictionPictures.of(
                PICTURE, Segmentation.of(answer, Framing.whole(4, 4), labels), new IndexImage(4, 4, truth));
        assertThat(sample.answer()).isEqualTo("93 % of the pixels right");
        assertThat(sample.truth()).isEqualTo("picture, answer, truth (star)");
        assertThat(sample.picture().width()).isEqualTo(4 + 2 + 4 + 2 + 4);
        byte[] row = sample.picture().pixels();
        assertThat(List.of(row[3 * 6], row[3 * 7], row[3 * 12], row[3 * 13], row[3 * 14]))
                .containsExactly((byte) 83, (byte) 0, (byte) 83, (byte) 83, (byte) 0);
    }

    @Test
    void aSheetShowsAllPicturesAndMarks() throws Exception {
        byte[] blue = new byte[48];
        for (int i = 2; i < blue.length; i += 3) {
            blue[i] = (byte) 0xFF;
        }
        RgbImage picture = new RgbImage(4, 4, blue);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            samples.add(
                    new Sample(picture, "a very long answer that does not fit ".repeat(3), "x", Optional.of(i > 1)));
        }
        Path file = folder.resolve("sheet.png");
        ContactSheet.write(samples, 3, file);
        BufferedImage sheet = ImageIO.read(file.toFile());
        assertThat(sheet.getWidth()).isEqualTo(14 + 3 * (168 + 14));
        int blues = 0;
        boolean good = false;
        boolean bad = false;
        for (int pixel : sheet.getRGB(0, 0, sheet.getWidth(), sheet.getHeight(), null, 0, sheet.getWidth())) {
            blues += (pixel & 0xFFFFFF) == 0xFF ? 1 : 0;
            good |= (pixel & 0xFFFFFF) == 0x047857;
            bad |= (pixel & 0xFFFFFF) == 0xB91C1C;
        }
        assertThat(blues).isEqualTo(5 * 168 * 168);
        assertThat(good).isTrue();
        assertThat(bad).isTrue();
    }

    private static MultiLabelTarget target(boolean... present) {
        return MultiLabelTarget.of(new boolean[][] {present, new boolean[present.length], new boolean[present.length]});
    }

    private static Score score(String name, int index, float logit, double probability) {
        return new Score(new Label(name, name), index, logit, probability);
    }
}
