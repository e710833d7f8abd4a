package org.elasticvision.train.check.finding;

import java.util.Locale;

import static org.elasticvision.train.check.finding.Severity.FAILS;
import static org.elasticvision.train.check.finding.Severity.NOTE;
import static org.elasticvision.train.check.finding.Severity.WARNING;

/** All that a check looks for: what it is, what a training run would do with it, and what mends it. */
public enum FindingKind {
    /** What {@code train} itself refuses at its start. */
    REFUSED(FAILS, "refused at the start", "stops with this message", "do what the message says"),
    UNREADABLE_IMAGE(
            FAILS,
            "images that cannot be read",
            "stops at the first; with --skip-bad it leaves them out",
            "copy or download them again, or delete them"),
    UNREADABLE_MASK(
            FAILS,
            "masks that cannot be read",
            "stops at the first; with --skip-bad it leaves them and their images out",
            "save them as 8-bit palette or grey PNG"),
    MASK_SIZE(
            FAILS,
            "masks of another size than their image",
            "stops at the first; with --skip-bad it leaves them and their images out",
            "export image and mask in one size"),
    MASK_VALUE(
            FAILS,
            "masks with values that are not classes",
            "stops at the first; with --skip-bad it leaves them and their images out",
            "correct the masks, or name all classes in labels.txt; 255 is void"),
    UNKNOWN_CATEGORY(
            FAILS, "annotations of a category that is not listed", "stops", "add the category, or remove them"),
    CLASS_IN_VALIDATION_ONLY(
            FAILS,
            "classes in the validation images only, which the network does not have",
            "stops: what is never trained cannot be measured",
            "add training images, or remove the class"),
    UNTRAINED_CLASS(
            WARNING,
            "classes of the network with validation images only",
            "measures a class that it never sees",
            "add training images of it"),
    TWIN_ACROSS_PARTS(
            WARNING,
            "validation images that are training images too, pixel by pixel",
            "trains on them and measures on them: the figures are better than the network",
            "remove them from one part"),
    NEAR_TWIN_ACROSS_PARTS(
            WARNING,
            "validation images that look like a training image",
            "measures what it has nearly seen: the figures are better than the network",
            "keep copies, bursts and frames of one scene in one part"),
    TWIN_OF_OTHER_CLASS(
            WARNING,
            "copies of one image, pixel by pixel, with different labels",
            "trains on both, which contradict each other",
            "decide on one label and delete the others"),
    NEAR_TWIN_OF_OTHER_CLASS(
            WARNING,
            "images of one part that look alike and have different labels",
            "trains on both, which may contradict each other",
            "look at them, and decide on one label"),
    IMBALANCE(
            WARNING,
            "classes with far fewer training images than the largest",
            "trains on them as they are, so rare classes are learned least",
            "add images, or give --class-weights balanced (classification)"),
    CLASS_IN_TRAINING_ONLY(
            WARNING,
            "classes without validation images",
            "trains them, and does not measure them",
            "add validation images, or leave the split to --val-split"),
    NAMES_DIFFER_IN_CASE(
            WARNING,
            "class names that differ in case only",
            "takes them for different classes within a part, and pairs those of the two parts",
            "rename them, or put their images together"),
    PICTURE_NOT_READ(
            WARNING,
            "pictures of a format that is not read",
            "leaves them out, without a word",
            "save them as PNG or JPEG"),
    VOID_MASK(
            WARNING,
            "masks with void pixels only",
            "learns and measures nothing of them",
            "draw the masks, or remove the images; 255 is void, not a class"),
    NO_BOX_AREA(
            WARNING,
            "objects whose box has no area",
            "takes their class for present all the same",
            "correct or remove the boxes"),
    BOX_OUTSIDE(
            NOTE,
            "boxes that reach beyond their image",
            "uses no boxes: their class is present all the same",
            "check that boxes and images are of one size"),
    OTHER_SIZE_STATED(
            NOTE,
            "images of another size than the annotations say",
            "uses no boxes, so nothing changes",
            "check that annotations and images belong together"),
    UNKNOWN_IMAGE(NOTE, "annotations of an image that is not listed", "ignores them", "add the image, or remove them"),
    NO_ANNOTATION(
            NOTE,
            "images without annotations",
            "trains on them as images of none of the classes",
            "annotate or remove them, unless that is what they show"),
    TWIN(
            NOTE,
            "copies of one image within a part, pixel by pixel",
            "trains on each: the image counts more often than others",
            "delete all but one"),
    NOT_AN_IMAGE(
            NOTE,
            "files that are not images by their name",
            "ignores them",
            "nothing, unless they are images: rename them"),
    OTHER_EXTENSION(
            NOTE,
            "images of another format than their extension says",
            "goes by the content and reads them",
            "rename them, for programs that go by the name"),
    EMPTY_CLASS(NOTE, "classes without images", "makes no class of them", "add images, or remove them"),
    EXTREME_SHAPE(
            NOTE,
            "images more than four times as long as wide",
            "sees a small part of them at a time, or squeezes them",
            "cut them into parts"),
    SMALL_IMAGE(
            NOTE,
            "images smaller than the network's input",
            "enlarges them, or pads them (segmentation)",
            "give a smaller --input-size, or nothing"),
    TURNED(
            NOTE,
            "images that EXIF turns",
            "sees them upright; with --exif ignore as they are stored",
            "nothing, if labels were made on upright images"),
    GREY_IMAGE(
            NOTE,
            "grey images among colour images",
            "repeats the grey level as red, green and blue",
            "nothing, unless one class is grey and another is not: it would be learned by that"),
    TRANSPARENT_IMAGE(
            NOTE,
            "images with transparency",
            "drops it, so that colours behind transparent pixels show",
            "blend them with a background"),
    CMYK_IMAGE(
            NOTE,
            "images in printing colours (CMYK)",
            "multiplies the colours out, without a colour profile",
            "save them as RGB, if colours matter"),
    DEEP_IMAGE(
            NOTE,
            "images of more than 8 bits a level",
            "keeps the high byte of each level",
            "scale the levels to 8 bits, if the images look black");

    private final Severity severity;
    private final String what;
    private final String run;
    private final String remedy;

    FindingKind(Severity severity, String what, String run, String remedy) {
        this.severity = severity;
        this.what = what;
        this.run = run;
        this.remedy = remedy;
    }

    /** {@return the word for it in JSON, such as {@code unreadable-image}} */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return what it means for a run}
     *
     * @param skipsBad whether the run leaves out images that cannot be used
     */
    public Severity severity(boolean skipsBad) {
        return skipsBad && isSkipped() ? WARNING : severity;
    }

    /** {@return whether {@code --skip-bad} leaves such images out} */
    public boolean isSkipped() {
        return this == UNREADABLE_IMAGE || this == UNREADABLE_MASK || this == MASK_SIZE || this == MASK_VALUE;
    }

    /** {@return what it is, in words that follow a number} */
    public String what() {
        return what;
    }

    /** {@return what a run does, in words that follow {@code a run}} */
    public String run() {
        return run;
    }

    /** {@return what mends it} */
    public String remedy() {
        return remedy;
    }
}
