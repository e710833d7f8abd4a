package org.elasticvision.train.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.image.form.StoredForm;
import org.elasticvision.runtime.image.form.StoredTrait;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.train.check.CheckResult.ClassFacts;
import org.elasticvision.train.check.CheckResult.Size;
import org.elasticvision.train.check.CheckResult.Sizes;
import org.elasticvision.train.check.finding.FindingKind;
import org.elasticvision.train.check.finding.Findings;
import org.elasticvision.train.check.listing.ListedImage;
import org.elasticvision.train.check.look.ImageFacts;

/** Counts images by class, and notes what is special about them. Not thread-safe. */
final class ImageTally {
    private static final double EXTREME = 4;

    private final List<String> names;
    private final InputSize input;
    private final int samples;
    private final Findings findings;
    private final Map<Split, long[]> counts = new EnumMap<>(Split.class);
    private final Map<Split, Long> images = new EnumMap<>(Split.class);
    private final List<PriorityQueue<Sample>> kept = new ArrayList<>();
    private long read;
    private Optional<Sizes> sizes = Optional.empty();

    /** Of all samples those with the smallest keys are kept, which are spread over all. */
    private record Sample(long key, ListedImage image) {}

    ImageTally(List<String> names, InputSize input, int samples, Findings findings) {
        this.names = names;
        this.input = input;
        this.samples = samples;
        this.findings = findings;
        for (Split split : Split.values()) {
            counts.put(split, new long[names.size()]);
            images.put(split, 0L);
        }
        names.forEach(name -> kept.add(
                new PriorityQueue<>(Comparator.comparingLong(Sample::key).reversed())));
    }

    /** Every image counts, also one that cannot be read. */
    void count(ListedImage image) {
        images.merge(image.split(), 1L, Long::sum);
        image.classes().forEach(index -> counts.get(image.split())[index]++);
    }

    /** An image that was read. */
    void add(int number, ListedImage image, ImageFacts facts) {
        facts.mask().ifPresent(mask -> mask.classes().forEach(index -> counts.get(image.split())[index]++));
        if (facts.mask().filter(mask -> mask.classes().isEmpty()).isPresent()) {
            findings.add(FindingKind.VOID_MASK, image.mask().orElseThrow().toString(), "");
        }
        if (image.split() == Split.TRAINING) {
            List<Integer> classes =
                    facts.mask().map(ImageFacts.MaskFacts::classes).orElse(image.classes());
            classes.forEach(index -> keep(kept.get(index), new Sample(mixed(number), image)));
        }
        read++;
        size(image, facts);
        facts.form().ifPresent(form -> form(image, form));
        if (facts.turned()) {
            findings.add(FindingKind.TURNED, image.name(), "");
        }
        image.stated()
                .filter(stated -> !isSize(stated, facts))
                .ifPresent(stated -> findings.add(
                        FindingKind.OTHER_SIZE_STATED,
                        image.name(),
                        "is " + facts.storedWidth() + "x" + facts.storedHeight() + ", said to be " + stated.width()
                                + "x" + stated.height()));
    }

    private static boolean isSize(ListedImage.StatedSize stated, ImageFacts facts) {
        return (stated.width() == facts.storedWidth() && stated.height() == facts.storedHeight())
                || (stated.width() == facts.width() && stated.height() == facts.height());
    }

    private void size(ListedImage image, ImageFacts facts) {
        Size own = new Size(facts.width(), facts.height(), image.name());
        sizes = Optional.of(sizes.map(before -> new Sizes(
                        area(own) < area(before.smallest()) ? own : before.smallest(),
                        area(own) > area(before.largest()) ? own : before.largest(),
                        own.ratio() > before.longest().ratio() ? own : before.longest()))
                .orElseGet(() -> new Sizes(own, own, own)));
        String text = own.width() + "x" + own.height();
        if (own.ratio() > EXTREME) {
            findings.add(FindingKind.EXTREME_SHAPE, image.name(), text);
        }
        if (own.width() < input.width() || own.height() < input.height()) {
            findings.add(FindingKind.SMALL_IMAGE, image.name(), text);
        }
    }

    private static long area(Size size) {
        return (long) size.width() * size.height();
    }

    private void form(ListedImage image, StoredForm form) {
        String file = String.valueOf(image.file().orElseThrow().getFileName());
        if (!form.isNamed(file)) {
            findings.add(FindingKind.OTHER_EXTENSION, image.name(), "is a " + form.format());
        }
        for (StoredTrait trait : form.traits()) {
            findings.add(kind(trait), image.name(), "");
        }
    }

    private static FindingKind kind(StoredTrait trait) {
        return switch (trait) {
            case GREY -> FindingKind.GREY_IMAGE;
            case ALPHA -> FindingKind.TRANSPARENT_IMAGE;
            case CMYK -> FindingKind.CMYK_IMAGE;
            case DEEP -> FindingKind.DEEP_IMAGE;
        };
    }

    /** At the end: what only all images together tell. */
    void conclude() {
        if (findings.count(FindingKind.GREY_IMAGE) == read) {
            findings.remove(FindingKind.GREY_IMAGE); // all are
        }
    }

    private void keep(PriorityQueue<Sample> queue, Sample sample) {
        queue.add(sample);
        if (queue.size() > samples) {
            queue.poll();
        }
    }

    /** The numbers of images in an order without a pattern, the same every time (the finaliser of SplitMix64). */
    private static long mixed(long number) {
        long z = (number + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    long images(Split split) {
        return images.get(split);
    }

    Optional<Sizes> sizes() {
        return sizes;
    }

    List<ClassFacts> classes() {
        List<ClassFacts> classes = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            classes.add(new ClassFacts(
                    names.get(i),
                    counts.get(Split.TRAINING)[i],
                    counts.get(Split.VALIDATION)[i],
                    kept.get(i).stream()
                            .sorted(Comparator.comparingLong(Sample::key))
                            .map(Sample::image)
                            .toList()));
        }
        return classes;
    }
}
