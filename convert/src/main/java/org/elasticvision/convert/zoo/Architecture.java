package org.elasticvision.convert.zoo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.elasticvision.convert.zoo.family.DenseNet;
import org.elasticvision.convert.zoo.family.Dla;
import org.elasticvision.convert.zoo.family.DlaUp;
import org.elasticvision.convert.zoo.family.ResNeXt;
import org.elasticvision.convert.zoo.family.ResNeXtSize;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Task;

/**
 * The architectures of the zoo: those of the published code by its names, and small ones for small pictures.
 *
 * <pre>{@code
 * Network network = Architecture.RESNEXT50_ELASTIC.network(Task.CLASSIFICATION, 1000);
 * System.out.println(network.parameterCount());
 * }</pre>
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions below are constructors
public enum Architecture {
    /** ResNeXt-50. */
    RESNEXT50(new ResNeXt.Variant(List.of(3, 4, 6, 3), false, false)),
    /** ResNeXt-50 with Elastic blocks. */
    RESNEXT50_ELASTIC(new ResNeXt.Variant(List.of(6, 8, 5, 3), true, false)),
    /** ResNeXt-101. */
    RESNEXT101(new ResNeXt.Variant(List.of(3, 4, 23, 3), false, false)),
    /** ResNeXt-101 with Elastic blocks. */
    RESNEXT101_ELASTIC(new ResNeXt.Variant(List.of(12, 14, 20, 3), true, false)),
    /** ResNeXt-50 with squeeze and excitation. */
    SE_RESNEXT50(new ResNeXt.Variant(List.of(3, 4, 6, 3), false, true)),
    /** The same with Elastic blocks. */
    SE_RESNEXT50_ELASTIC(new ResNeXt.Variant(List.of(6, 8, 5, 3), true, true)),
    /** DLA-X-60. */
    DLA60X(new Dla.Variant(List.of(1, 2, 3, 1), false, false, 32)),
    /** DLA-X-60 with Elastic blocks. */
    DLA60X_ELASTIC(new Dla.Variant(List.of(1, 2, 3, 1), true, false, 32)),
    /** DLA-X-102. */
    DLA102X(new Dla.Variant(List.of(1, 3, 4, 1), false, true, 32)),
    /** DLA-X-102 with Elastic blocks, of 50 groups. */
    DLA102X_ELASTIC(new Dla.Variant(List.of(3, 3, 3, 1), true, true, 50)),
    /** DenseNet-201. */
    DENSENET201(new DenseNet.Variant(List.of(6, 12, 48, 32), false)),
    /** DenseNet-201 with Elastic layers. */
    DENSENET201_ELASTIC(new DenseNet.Variant(List.of(10, 20, 40, 30), true)),
    /** A ResNeXt for small images, ours. */
    RESNEXT_TINY(new ResNeXt.Variant(List.of(2, 3, 2), false, false, ResNeXtSize.TINY)),
    /** The same with Elastic blocks. */
    RESNEXT_TINY_ELASTIC(new ResNeXt.Variant(List.of(3, 3, 2), true, false, ResNeXtSize.TINY));

    private final IntFunction<Network> classifier;
    private final IntFunction<Network> segmenter;
    private final IntFunction<Network> unpaddedClassifier;

    Architecture(ResNeXt.Variant variant) {
        classifier = classes -> ResNeXt.classifier(variant, classes);
        unpaddedClassifier = classes -> ResNeXt.classifier(variant.withUnpaddedStemPool(), classes);
        segmenter = classes -> ResNeXt.segmenter(variant, classes);
    }

    Architecture(Dla.Variant variant) {
        classifier = classes -> new Dla(variant, classes);
        segmenter = classes -> new DlaUp(variant, classes);
        unpaddedClassifier = null;
    }

    Architecture(DenseNet.Variant variant) {
        classifier = classes -> new DenseNet(variant, classes);
        segmenter = null;
        unpaddedClassifier = null;
    }

    /** {@return the name on the command line, in checkpoints and in model files, such as {@code resnext50_elastic}} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return those of the published code} */
    public static List<Architecture> published() {
        return Arrays.stream(values()).filter(Architecture::isPublished).toList();
    }

    /** {@return whether the published code has it; the others are ours, built of the same blocks} */
    public boolean isPublished() {
        return this != RESNEXT_TINY && this != RESNEXT_TINY_ELASTIC;
    }

    /**
     * Finds an architecture by its {@link #id()}.
     *
     * @param id the word for it
     * @return the architecture
     */
    public static Architecture of(String id) {
        return Arrays.stream(values())
                .filter(architecture -> architecture.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ElasticVisionException("unknown architecture '" + id + "': use one of "
                        + Arrays.stream(values()).map(Architecture::id).collect(Collectors.joining(", "))));
    }

    /**
     * {@return whether it can be built for a task: DenseNet has no published segmentation form}
     *
     * @param task what the network is for
     */
    public boolean supports(Task task) {
        return task != Task.SEGMENTATION || segmenter != null;
    }

    /**
     * Builds the network.
     *
     * @param task what the network is for
     * @param classes how many classes there are
     * @return the network
     */
    public Network network(Task task, int classes) {
        Check.atLeast("classes", classes, 1);
        if (!supports(task)) {
            throw new ElasticVisionException(id() + " has no form for segmentation: use a resnext or dla architecture");
        }
        return (task == Task.SEGMENTATION ? segmenter : classifier).apply(classes);
    }

    /**
     * Builds the classifier whose first max pooling pads nothing and takes the windows that end outside. The published
     * code has no such networks; older SE-ResNeXts of others, which came from Caffe, are so.
     *
     * @param classes how many classes there are
     * @return the network, of the same tensors as the published one; empty for networks that are no ResNeXt
     */
    public Optional<Network> networkWithUnpaddedPool(int classes) {
        return Optional.ofNullable(unpaddedClassifier).map(build -> build.apply(classes));
    }

    @Override
    public String toString() {
        return id();
    }
}
