package org.elasticvision.runtime.evaluation;

import java.util.List;
import org.elasticvision.runtime.Score;

/** Scores back in the order in which the network gave them. */
final class ClassOrder {
    private ClassOrder() {}

    static float[] logits(List<Score> scores) {
        float[] logits = new float[scores.size()];
        for (Score score : scores) {
            logits[score.index()] = score.logit();
        }
        return logits;
    }
}
