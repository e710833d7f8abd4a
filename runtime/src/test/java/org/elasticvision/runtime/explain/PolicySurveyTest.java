package org.elasticvision.runtime.explain;

import java.util.List;
import java.util.Set;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.dataset.coco.ObjectSize;
import org.elasticvision.runtime.evaluation.LabelledImage.Contents;
import org.elasticvision.runtime.explain.page.SurveyRows;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PolicySurveyTest {
    @Test
    void imagesCountInEachGroupThatTheyBelongTo() {
        PolicySurvey survey = new PolicySurvey(List.of("a", "b"));
        survey.add(policy(1, -2), new Contents(Set.of(0, 2), Set.of(ObjectSize.SMALL, ObjectSize.LARGE)));
        survey.add(policy(3, -2), new Contents(Set.of(2), Set.of(ObjectSize.SMALL)));
        survey.add(policy(-1, -2), new Contents(Set.of(), Set.of()));
        assertThat(survey.all().images()).isEqualTo(3);
        PolicySurvey.BlockMean first = survey.all().blocks().get(0);
        assertThat(first.score()).isEqualTo(1);
        assertThat(first.deviation()).isEqualTo(Math.sqrt(8 / 3.0));
        assertThat(first.high()).isEqualTo(2 / 3.0);
        assertThat(survey.classes().keySet()).containsExactly(0, 2);
        assertThat(survey.classes().get(2).blocks().get(0).score()).isEqualTo(2);
        assertThat(survey.sizes().keySet()).containsExactly(ObjectSize.SMALL, ObjectSize.LARGE);

        SurveyRows rows = SurveyRows.of(survey, TestModels.COLORS, 1);
        assertThat(rows.rows())
                .extracting(SurveyRows.Row::name)
                .containsExactly("all images", "with small objects", "with large objects", "blue");
        assertThat(rows.classesLeftOut()).isEqualTo(1);
        assertThat(rows.scores().get(0)).containsExactly(0.5, -1);
        assertThat(rows.differences()).hasSize(3).last().isEqualTo(new double[] {1 / Math.sqrt(8 / 3.0), 0});
    }

    @Test
    void aPolicyOfAnotherNetworkIsRefused() {
        PolicySurvey survey = new PolicySurvey(List.of("a"));
        assertThat(survey.all().images()).isZero();
        assertThatThrownBy(() -> survey.add(policy(1, 2), new Contents(Set.of(), Set.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ScalePolicy(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static ScalePolicy policy(double first, double second) {
        return new ScalePolicy(List.of(
                new ScalePolicy.Block("a", first + 1, 1, 4, 4), new ScalePolicy.Block("b", second + 1, 1, 4, 4)));
    }
}
