package org.elasticvision.train.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.MaskOverlay;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.dataset.coco.MultiLabelTarget;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** Answers of the three kinds beside what is true, as {@link Sample}s. */
public final class PredictionPictures {
    private static final int BACKGROUND = 0;
    private static final int VOID = 255;
    private static final double ALPHA = 0.65;
    private static final int GAP = 2;

    private PredictionPictures() {}

    /**
     * A class and its probability.
     *
     * @param picture what the network saw
     * @param answer the model's answer
     * @param truth index of the true class
     * @return the picture
     */
    public static Sample of(RgbImage picture, Classification answer, int truth) {
        Score best = answer.best();
        boolean right = best.index() == truth;
        Optional<Score> wanted = answer.ranking().stream()
                .filter(score -> score.index() == truth)
                .findFirst();
        String correction = wanted.filter(score -> !right)
                .map(score -> "is " + words(score))
                .orElse("");
        return new Sample(picture, words(best), correction, Optional.of(right));
    }

    /**
     * The classes that the network sees; right if they are all that are there and no others.
     *
     * @param picture what the network saw
     * @param answer the model's answer
     * @param truth what is there
     * @return the picture
     */
    public static Sample of(RgbImage picture, LabelSet answer, MultiLabelTarget truth) {
        String seen = answer.present().stream().map(PredictionPictures::words).collect(Collectors.joining(", "));
        List<String> missed = new ArrayList<>();
        List<String> invented = new ArrayList<>();
        for (Score score : answer.scores()) {
            boolean there = truth.isPresent(score.index());
            if (there != score.logit() > 0) {
                (there ? missed : invented).add(score.label().name());
            }
        }
        List<String> corrections = new ArrayList<>();
        if (!missed.isEmpty()) {
            corrections.add("missed: " + String.join(", ", missed));
        }
        if (!invented.isEmpty()) {
            corrections.add("not there: " + String.join(", ", invented));
        }
        return new Sample(
                picture,
                seen.isEmpty() ? "nothing" : seen,
                String.join("; ", corrections),
                Optional.of(corrections.isEmpty()));
    }

    /**
     * {@return the picture, the answer laid over it and the truth laid over it, side by side}
     *
     * @param picture what the network saw
     * @param answer the model's answer
     * @param truth of the picture's size; index 255 is void, 0 the background
     */
    public static Sample of(RgbImage picture, Segmentation answer, IndexImage truth) {
        IntPredicate painted = index -> index != BACKGROUND && index != VOID;
        RgbImage answered = MaskOverlay.of(picture, answer.mask(), painted, ALPHA);
        RgbImage wanted = MaskOverlay.of(picture, truth, painted, ALPHA);
        byte[] map = answer.classMap();
        byte[] mask = truth.indices();
        long counted = 0;
        long right = 0;
        Set<Integer> there = new TreeSet<>();
        for (int i = 0; i < mask.length; i++) {
            if ((mask[i] & 0xFF) != VOID) {
                counted++;
                right += map[i] == mask[i] ? 1 : 0;
                there.add(mask[i] & 0xFF);
            }
        }
        String names = there.stream()
                .filter(painted::test)
                .map(index -> answer.labels().get(index).name())
                .collect(Collectors.joining(", "));
        return new Sample(
                beside(List.of(picture, answered, wanted)),
                percent((double) right / Math.max(1, counted)) + " of the pixels right",
                "picture, answer, truth" + (names.isEmpty() ? "" : " (" + names + ")"),
                Optional.empty());
    }

    private static String words(Score score) {
        return score.label().name() + " " + percent(score.probability());
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * part);
    }

    /** Pictures of one size in a row, with white between them. */
    private static RgbImage beside(List<RgbImage> pictures) {
        int height = pictures.get(0).height();
        int width = pictures.get(0).width();
        int total = pictures.size() * (width + GAP) - GAP;
        byte[] pixels = new byte[3 * total * height];
        Arrays.fill(pixels, (byte) 0xFF);
        for (int i = 0; i < pictures.size(); i++) {
            for (int y = 0; y < height; y++) {
                int at = 3 * (y * total + i * (width + GAP));
                System.arraycopy(pictures.get(i).pixels(), 3 * y * width, pixels, at, 3 * width);
            }
        }
        return new RgbImage(total, height, pixels);
    }
}
