package org.elasticvision.train.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.concurrent.workers.OrderedWorkers;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.image.hash.PerceptualHash;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.check.finding.FindingKind;
import org.elasticvision.train.check.finding.Findings;
import org.elasticvision.train.check.listing.ListedImage;
import org.elasticvision.train.check.listing.ListedImages;
import org.elasticvision.train.check.look.ImageFacts;
import org.elasticvision.train.check.look.ImageLook;
import org.elasticvision.train.check.look.Looked;
import org.elasticvision.train.check.twin.SeenImages;
import org.elasticvision.train.check.twin.Twins;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.data.HeldOut;

/**
 * Looks through a data set for what a training run would meet in it. Every image is read once, by several threads; of each 24 bytes are kept,
 * besides the list of them.
 *
 * <pre>{@code
 * CheckResult result = new DataCheck(Task.CLASSIFICATION, DataSource.of(Path.of("photos")), options).run(total -> {}, () -> {});
 * }</pre>
 *
 * @param task that a network would be trained for
 * @param source of the data
 * @param options of the run
 */
public record DataCheck(Task task, DataSource source, CheckOptions options) {
    /**
     * Looks through the data.
     *
     * @param total receives the number of images, when it is known
     * @param step called for each image, in the calling thread
     * @return what was found
     */
    public CheckResult run(IntConsumer total, Runnable step) {
        Findings findings = new Findings(options.skipsBad(), options.examples());
        Set<String> told = new HashSet<>();
        Consumer<String> refused = message -> {
            if (told.add(message)) {
                findings.add(FindingKind.REFUSED, message, "");
            }
        };
        Opening opening = Opening.of(task, source, options, refused);
        ListedImages listed = opening.data()
                .map(data -> ListedImages.of(data, opening.labels(), opening.heldOut(), findings, refused))
                .orElseGet(() -> new ListedImages(List.of(), List.of()));
        total.accept(listed.images().size());
        ImageTally tally = new ImageTally(listed.classes(), opening.input(), options.samples(), findings);
        boolean isCut = look(listed, opening, tally, findings, step);
        ClassBalance.find(task, tally.classes(), opening.labels().size(), findings);
        return new CheckResult(
                task,
                opening.data().map(data -> data.layout()),
                source.heldOut().map(HeldOut::share),
                opening.input(),
                tally.classes(),
                tally.images(Split.TRAINING),
                tally.images(Split.VALIDATION),
                tally.sizes(),
                findings.all(),
                isCut);
    }

    private boolean look(ListedImages listed, Opening opening, ImageTally tally, Findings findings, Runnable step) {
        ImageLook look = new ImageLook(options.orientation(), opening.labels().size());
        SeenImages seen = new SeenImages();
        int[] number = {0};
        OrderedWorkers.forEach(options.threads(), listed.images(), look::look, looked -> {
            take(looked, number[0]++, tally, findings, seen);
            step.run();
        });
        tally.conclude();
        Twins twins = new Twins(
                seen,
                !task.isPerPixel(),
                image -> reduced(listed.images().get(image)),
                (kind, one, other) -> tellTwins(listed, kind, one, other, findings));
        twins.find();
        return twins.isCut();
    }

    private static void take(Looked looked, int number, ImageTally tally, Findings findings, SeenImages seen) {
        ListedImage image = looked.image();
        tally.count(image);
        looked.problem().ifPresent(problem -> findings.add(problem.kind(), problem.name(), problem.detail()));
        looked.facts().ifPresent(facts -> {
            tally.add(number, image, facts);
            boolean isValidation = image.split() == Split.VALIDATION;
            seen.add(number, facts.pixels(), facts.likeness(), label(image, facts), isValidation);
        });
    }

    /** Equal for images of the same classes, or with the same mask. */
    private static long label(ListedImage image, ImageFacts facts) {
        return facts.mask().map(ImageFacts.MaskFacts::pixels).orElseGet(() ->
                (long) image.classes().hashCode());
    }

    private Optional<RgbImage> reduced(ListedImage image) {
        try {
            return Optional.of(PerceptualHash.reduced(image.source().decode(options.orientation())));
        } catch (ImageException e) { // it has gone since
            return Optional.empty();
        }
    }

    private static void tellTwins(ListedImages listed, FindingKind kind, int one, int other, Findings findings) {
        ListedImage copy = listed.images().get(one);
        ListedImage original = listed.images().get(other);
        String labels = copy.classes().equals(original.classes())
                ? ""
                : ", as " + names(listed, copy) + " and as " + names(listed, original);
        findings.add(kind, copy.name(), "like " + original.name() + labels, original.name());
    }

    private static String names(ListedImages listed, ListedImage image) {
        return image.classes().isEmpty()
                ? "none of the classes"
                : String.join(
                        ", ",
                        image.classes().stream().map(listed.classes()::get).toList());
    }
}
