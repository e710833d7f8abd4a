package org.elasticvision.train.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.data.transform.randaugment.RandAugment;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How training images are varied, where it is to differ from what is usual for the data. */
final class AugmentationOptions {
    private static final String AUGMENT = "--augment";
    private static final String CROP_AREA = "--crop-area";
    private static final String FLIP = "--flip";
    private static final String SCALE = "--scale";
    private static final String ERASING = "--random-erasing";
    private static final String RANDAUGMENT = "--randaugment";
    private static final String MIXUP = "--mixup";
    private static final String CUTMIX = "--cutmix";
    private static final String NOTHING = "none";
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");
    private static final String WANTED = "the number of operations and their magnitude, such as 2,9, or none";

    /** By what an augmentation calls them. */
    private static final Map<String, String> OPTIONS = Map.of(
            "areaMin",
            CROP_AREA,
            "flip",
            FLIP,
            "scaleMin",
            "--scale MIN",
            "scaleMax",
            "--scale MAX",
            "erasing",
            ERASING,
            "mixUp",
            MIXUP,
            "cutMix",
            CUTMIX,
            "operations",
            "--randaugment OPS",
            "magnitude",
            "--randaugment MAGNITUDE");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = AUGMENT,
            negatable = true,
            description = "Vary images as is usual for the data; --no-augment to learn from them as they are (default:"
                    + " on).")
    private Boolean augment;

    @Option(
            names = CROP_AREA,
            paramLabel = "PART",
            description = "Smallest share of an image that a random crop covers (default: 0.08, as published).")
    private Double areaMin;

    @Option(
            names = FLIP,
            paramLabel = "PART",
            description = "Probability that an image is mirrored (default: 0.5); 0 where left and right matter.")
    private Double flip;

    @Option(
            names = SCALE,
            paramLabel = "MIN,MAX",
            split = ",",
            arity = "1",
            hideParamSyntax = true,
            description = "Segmentation: factors between which images are resized (default: 0.5,2).")
    private double[] scale;

    @Option(
            names = ERASING,
            paramLabel = "PART",
            description =
                    "Classification and multilabel: probability that a rectangle of 0.02 to 0.33 of an image is erased,"
                            + " such as 0.1 (default: 0).")
    private Double erasing;

    @Option(
            names = RANDAUGMENT,
            paramLabel = "OPS,MAGNITUDE",
            split = ",",
            arity = "1",
            hideParamSyntax = true,
            converter = WholeOrNone.class,
            description =
                    "Classification and multilabel: torchvision's RandAugment, OPS random operations on each image, such as a"
                            + " rotation or more contrast, of a MAGNITUDE from 0 to 30; 2,9 is usual, and none ends it in a"
                            + " resumed run (default: none).")
    private List<String> randAugment;

    @Option(
            names = MIXUP,
            paramLabel = "ALPHA",
            description =
                    "Classification and multilabel: mix each image of a batch with another one; shares are drawn from"
                            + " Beta(ALPHA, ALPHA), such as 0.2 (default: 0, none). With --cutmix too, each batch has"
                            + " one of them at random.")
    private Double mixUp;

    @Option(
            names = CUTMIX,
            paramLabel = "ALPHA",
            description =
                    "Classification and multilabel: put a box of another image of the batch into each image; the share"
                            + " that stays is drawn from Beta(ALPHA, ALPHA), such as 1 (default: 0, none).")
    private Double cutMix;

    /** Where the value is left out, the next word is told from one: {@code --randaugment photos}. */
    static final class WholeOrNone implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            String word = text.strip();
            if (!word.equals(NOTHING) && !WHOLE.matcher(word).matches()) {
                throw new TypeConversionException("'" + text + "' is not " + WANTED);
            }
            return word;
        }
    }

    /**
     * What is given here, on top of an augmentation.
     *
     * @param before of the run that goes on
     * @param usual for the data
     */
    Augmentation on(Task task, Optional<Augmentation> before, Augmentation usual) {
        refuseIdle(task, usual);
        Augmentation augmentation = before.orElse(usual);
        if (augment != null) {
            augmentation = augment ? usual : Augmentation.none();
        }
        try {
            if (areaMin != null) {
                augmentation = augmentation.withCrops(areaMin);
            }
            if (flip != null) {
                augmentation = augmentation.withFlip(flip);
            }
            if (scale != null) {
                if (scale.length != 2) {
                    throw new IllegalArgumentException("--scale takes two factors, such as 0.5,2");
                }
                augmentation = augmentation.withScale(scale[0], scale[1]);
            }
            if (randAugment != null) {
                augmentation = augmentation.withRandAugment(randAugment());
            }
            if (erasing != null) {
                augmentation = augmentation.withErasing(erasing);
            }
            if (mixUp != null) {
                augmentation = augmentation.withMixUp(mixUp);
            }
            return cutMix == null ? augmentation : augmentation.withCutMix(cutMix);
        } catch (IllegalArgumentException e) {
            throw OptionNames.wrong(command.commandLine(), e, OPTIONS);
        }
    }

    private Optional<RandAugment> randAugment() {
        if (randAugment.equals(List.of(NOTHING))) {
            return Optional.empty();
        }
        if (randAugment.size() != 2 || randAugment.contains(NOTHING)) {
            throw new IllegalArgumentException("--randaugment takes " + WANTED);
        }
        return Optional.of(new RandAugment(Integer.parseInt(randAugment.get(0)), Integer.parseInt(randAugment.get(1))));
    }

    private void refuseIdle(Task task, Augmentation usual) {
        switch (task) {
            case CLASSIFICATION, MULTI_LABEL ->
                Given.refuse(command, "is for segmentation, and this is " + task, SCALE);
            case SEGMENTATION ->
                Given.refuse(
                        command,
                        "is for classification and multilabel, and this is segmentation",
                        CROP_AREA,
                        ERASING,
                        RANDAUGMENT,
                        MIXUP,
                        CUTMIX);
        }
        if (Boolean.FALSE.equals(augment)) {
            Given.refuse(command, "would do nothing: --no-augment takes images as they are", CROP_AREA);
        }
        if (usual.crop() == Augmentation.Crop.SHIFTED) {
            Given.refuse(command, "would do nothing: images of IDX files are moved, not cropped", CROP_AREA);
        }
    }

    /**
     * Changes the command that began a run so that, with what is given now, it says what {@link #on} makes of both: {@code
     * --augment} and {@code --no-augment} say all of it anew, and {@code --crop-area} alone crops in a run that had {@code
     * --no-augment}.
     *
     * @param before words by option, changed here
     * @param now the options that are given now
     */
    static void giveWay(Map<String, List<String>> before, Set<String> now) {
        if (now.contains(AUGMENT)) {
            before.keySet().removeAll(List.of(CROP_AREA, FLIP, SCALE, ERASING, RANDAUGMENT, MIXUP, CUTMIX));
        } else if (now.contains(CROP_AREA) && before.remove(AUGMENT, List.of("--no-augment"))) {
            before.putIfAbsent(FLIP, List.of(FLIP + "=0"));
        }
    }
}
