package org.elasticvision.runtime.evaluation.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.elasticvision.runtime.evaluation.Evaluation.AnsweredImage;

/** The worst mistakes seen so far; of equally bad ones, the first. Keeps no others. Not thread-safe. */
final class WorstMistakes {
    private final int most;
    private final PriorityQueue<Mistake> kept = new PriorityQueue<>(Comparator.comparingDouble(Mistake::badness));
    private long seen;

    /** @param most how many are kept; may be 0 */
    WorstMistakes(int most) {
        this.most = most;
    }

    void add(AnsweredImage image) {
        Mistake.of(image).ifPresent(mistake -> {
            seen++;
            if (kept.size() < most) {
                kept.add(mistake);
            } else if (most > 0 && mistake.badness() > kept.peek().badness()) {
                kept.poll();
                kept.add(mistake);
            }
        });
    }

    /** {@return how many images were answered wrongly} */
    long seen() {
        return seen;
    }

    List<Mistake> worstFirst() {
        List<Mistake> sorted = new ArrayList<>(kept);
        sorted.sort(Comparator.comparingDouble(Mistake::badness).reversed());
        return sorted;
    }
}
