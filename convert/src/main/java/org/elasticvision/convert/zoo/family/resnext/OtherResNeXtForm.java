package org.elasticvision.convert.zoo.family.resnext;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.StateDictForm;

/**
 * ResNeXts of other people's code: torchvision's, timm's and those that came from Caffe.
 *
 * <p>A block of an ordinary ResNeXt is one bottleneck of 32 groups. Ours are two of 16 side by side, whose outputs are summed
 * before {@code bn3}. With the first half of the channels in the one and the second half in the other they compute the same:
 * no group sees another's channels, and the last 1×1 convolution is a sum over channels.
 */
enum OtherResNeXtForm implements StateDictForm {
    /** Of two branches, under other names. */
    RENAMED("", ""),

    /** A ResNeXt or SE-ResNeXt of torchvision or timm, one branch of 32 groups in each block. */
    ORDINARY(
            "an ordinary ResNeXt, as of torchvision or timm: the 32 groups of each block are two branches of 16 here,"
                    + " which give the same answers",
            ""),

    /** The same, of those SE-ResNeXts whose stem pools as Caffe does: timm's {@code legacy_seresnext50_32x4d}. */
    ORDINARY_UNPADDED(
            "an ordinary SE-ResNeXt whose first max pooling pads nothing, as of timm's legacy_ models: the 32"
                    + " groups of each block are two branches of 16 here, which give the same answers",
            "the network that is trained pads its first max pooling, so it starts from slightly other answers");

    private static final String LEGACY_STEM = "layer0.";
    private static final int CONV3_INPUTS = 1;
    private static final Pattern IN_BRANCH = Pattern.compile("(layer\\d+\\.\\d+\\.)(conv1|bn1|conv2|bn2|conv3)(\\..+)");
    private static final Pattern SQUEEZE = Pattern.compile("^(layer\\d+\\.\\d+)\\.se(?:_module)?\\.fc([12])\\.");

    private final String description;
    private final String trainingNote;

    OtherResNeXtForm(String description, String trainingNote) {
        this.description = description;
        this.trainingNote = trainingNote;
    }

    static Optional<StateDictForm> of(Set<String> names) {
        boolean legacy = names.contains(LEGACY_STEM + "conv1.weight");
        if (isOrdinary(names, legacy ? LEGACY_STEM : "")) {
            return Optional.of(legacy ? ORDINARY_UNPADDED : ORDINARY);
        }
        return hasTwoBranches(names) && names.stream().anyMatch(name -> !name.equals(ownName(name)))
                ? Optional.of(RENAMED)
                : Optional.empty();
    }

    private static boolean hasTwoBranches(Set<String> names) {
        return names.stream().anyMatch(name -> name.contains("_d."));
    }

    /** Bottlenecks, the branch {@code _d} of which is nowhere. */
    private static boolean isOrdinary(Set<String> names, String stem) {
        return names.contains(stem + "conv1.weight")
                && names.contains("layer1.0.conv3.weight")
                && !hasTwoBranches(names);
    }

    private static String ownName(String name) {
        String own = name.startsWith(LEGACY_STEM) ? name.substring(LEGACY_STEM.length()) : name;
        own = own.startsWith("last_linear.") ? "fc." + own.substring("last_linear.".length()) : own;
        return SQUEEZE.matcher(own).replaceFirst("$1.selayer.conv$2.");
    }

    @Override
    public List<Piece> pieces(String name) {
        String own = ownName(name);
        Matcher branch = IN_BRANCH.matcher(own);
        if (this == RENAMED || !branch.matches()) {
            return List.of(Piece.whole(own));
        }
        String part = branch.group(2);
        int dimension = part.equals("conv3") ? CONV3_INPUTS : 0;
        return List.of(
                new Piece(own, dimension, 0, 2),
                new Piece(branch.group(1) + part + "_d" + branch.group(3), dimension, 1, 2));
    }

    @Override
    public Network adapt(Network network) {
        return this == ORDINARY_UNPADDED && network instanceof ResNeXt resnext
                ? resnext.withUnpaddedStemPool()
                : network;
    }

    @Override
    public Optional<String> description() {
        return Optional.of(description).filter(text -> !text.isEmpty());
    }

    @Override
    public Optional<String> trainingNote() {
        return Optional.of(trainingNote).filter(text -> !text.isEmpty());
    }

    @Override
    public Optional<String> misfitNote() {
        return this == RENAMED
                ? Optional.empty()
                : Optional.of(
                        "holds a ResNet or ResNeXt of another size; ResNet-18 to -152 are taken, and ResNeXts of 32 groups"
                                + " by 4 channels (32x4d), in halves");
    }
}
