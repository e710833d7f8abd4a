package org.elasticvision.train.check;

import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.check.CheckResult.ClassFacts;
import org.elasticvision.train.check.finding.FindingKind;
import org.elasticvision.train.check.finding.Findings;

/** What the numbers of images of the classes tell. */
final class ClassBalance {
    /** So many times as many images has the largest class where a class is called rare. */
    private static final long RARE = 10;

    private ClassBalance() {}

    /**
     * Finds it.
     *
     * @param known number of the network's classes, which come first; 0 where they could not be told
     */
    static void find(Task task, List<ClassFacts> classes, int known, Findings findings) {
        long most = classes.stream().mapToLong(ClassFacts::training).max().orElse(0);
        boolean isValidated = classes.stream().anyMatch(one -> one.validation() > 0);
        for (int i = 0; i < classes.size(); i++) {
            ClassFacts one = classes.get(i);
            if (one.training() == 0 && one.validation() == 0) {
                findings.add(FindingKind.EMPTY_CLASS, one.name(), "");
            } else if (one.training() == 0 && most > 0) {
                findings.add(
                        i < known || known == 0 ? FindingKind.UNTRAINED_CLASS : FindingKind.CLASS_IN_VALIDATION_ONLY,
                        one.name(),
                        "");
            }
            if (one.training() > 0 && one.training() * RARE <= most && compares(task)) {
                findings.add(
                        FindingKind.IMBALANCE,
                        one.name(),
                        String.format(Locale.ROOT, "%,d of the largest's %,d", one.training(), most));
            }
            if (one.training() > 0 && one.validation() == 0 && isValidated) {
                findings.add(FindingKind.CLASS_IN_TRAINING_ONLY, one.name(), "");
            }
        }
    }

    /** Objects of label sets and masks are common and rare by nature, and there is no option for it. */
    private static boolean compares(Task task) {
        return switch (task) {
            case CLASSIFICATION -> true;
            case MULTI_LABEL, SEGMENTATION -> false;
        };
    }
}
