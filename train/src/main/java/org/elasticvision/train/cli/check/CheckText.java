package org.elasticvision.train.cli.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.elasticvision.train.check.CheckResult;
import org.elasticvision.train.check.CheckResult.ClassFacts;
import org.elasticvision.train.check.CheckResult.Size;
import org.elasticvision.train.check.ShownPaths;
import org.elasticvision.train.check.finding.Finding;
import org.elasticvision.train.data.DatasetFolder.Layout;

/** A check as human-readable lines. */
public final class CheckText {
    /** Classes that are shown; of more the rarest and the most frequent ones. */
    private static final int MOST_CLASSES = 30;

    private static final String INDENT = "         ";

    private CheckText() {}

    /**
     * {@return the lines}
     *
     * @param data where the data lie
     * @param result what was found
     */
    public static List<String> of(String data, CheckResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %s%s, %,d training and %,d validation images, %,d classes, network input %s",
                data,
                result.task(),
                result.layout().map(layout -> " (" + words(layout) + ")").orElse(""),
                result.training(),
                result.validation(),
                result.classes().size(),
                result.input()));
        result.heldOut()
                .ifPresent(share -> lines.add(String.format(
                        Locale.ROOT,
                        "the data have no validation images: a run holds out %s of the training images (--val-split)",
                        share)));
        classes(result, lines);
        ShownPaths paths = ShownPaths.in(data);
        result.sizes().ifPresent(sizes -> {
            lines.add("");
            lines.add("smallest image: " + paths.of(text(sizes.smallest())));
            lines.add("largest image:  " + paths.of(text(sizes.largest())));
            lines.add(String.format(
                    Locale.ROOT,
                    "longest image:  %s, %.1f : 1",
                    paths.of(text(sizes.longest())),
                    sizes.longest().ratio()));
        });
        result.findings().forEach(finding -> finding(finding, paths, lines));
        if (result.isCut()) {
            lines.add("");
            lines.add("more images may look alike: only the first pairs that do by their hashes were compared");
        }
        lines.add("");
        lines.add(result.verdict());
        return lines;
    }

    private static String words(Layout layout) {
        return switch (layout) {
            case IDX -> "IDX files";
            case FOLDER_PER_CLASS -> "a folder for each class";
            case COCO -> "MSCOCO annotations";
            case VOC -> "PASCAL VOC lists and masks";
        };
    }

    private static String text(Size size) {
        return size.width() + "x" + size.height() + ", " + size.name();
    }

    private static void classes(CheckResult result, List<String> lines) {
        List<ClassFacts> shown = result.classes();
        String left = "";
        if (shown.size() > MOST_CLASSES) {
            List<ClassFacts> sorted = shown.stream()
                    .sorted(Comparator.comparingLong(ClassFacts::training).reversed())
                    .toList();
            int half = MOST_CLASSES / 2;
            List<ClassFacts> ends = new ArrayList<>(sorted.subList(0, half));
            ends.addAll(sorted.subList(sorted.size() - half, sorted.size()));
            left = String.format(
                    Locale.ROOT,
                    "(the %d largest and the %d smallest of %,d classes; --json has all)",
                    half,
                    half,
                    shown.size());
            shown = ends;
        }
        if (shown.isEmpty()) {
            return;
        }
        int width = Math.max(
                5, shown.stream().mapToInt(one -> one.name().length()).max().orElse(0));
        lines.add("");
        lines.add(String.format(Locale.ROOT, "%-" + width + "s  %10s  %10s", "class", "training", "validation"));
        for (ClassFacts one : shown) {
            lines.add(String.format(
                    Locale.ROOT, "%-" + width + "s  %,10d  %,10d", one.name(), one.training(), one.validation()));
        }
        if (!left.isEmpty()) {
            lines.add(left);
        }
    }

    private static void finding(Finding finding, ShownPaths paths, List<String> lines) {
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%-7s  %s: %,d",
                finding.severity().id(),
                finding.kind().what(),
                finding.count()));
        lines.add(INDENT + "a run " + finding.kind().run());
        lines.add(INDENT + "-> " + finding.kind().remedy());
        finding.examples().forEach(example -> lines.add(INDENT + "  " + paths.of(example)));
        long more = finding.count() - finding.examples().size();
        if (more > 0) {
            lines.add(String.format(Locale.ROOT, "%s  and %,d more", INDENT, more));
        }
    }
}
