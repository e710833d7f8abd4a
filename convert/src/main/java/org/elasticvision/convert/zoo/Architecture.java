package org.elasticvision.convert.zoo;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.convert.zoo.family.densenet.DenseNetFamily;
import org.elasticvision.convert.zoo.family.dla.DlaFamily;
import org.elasticvision.convert.zoo.family.resnet.ResNetFamily;
import org.elasticvision.convert.zoo.family.resnext.ResNeXtFamily;
import org.elasticvision.convert.zoo.network.Backbone;
import org.elasticvision.convert.zoo.network.Family;
import org.elasticvision.convert.zoo.network.Head;
import org.elasticvision.convert.zoo.network.Member;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.StateDictForm;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Task;

/**
 * The architectures of the zoo: those of the published code by its names, and others. There is one object for each.
 *
 * <pre>{@code
 * Network network = Architecture.of("resnext50_elastic").network(Task.CLASSIFICATION, 1000);
 * System.out.println(network.parameterCount());
 * }</pre>
 */
public final class Architecture {
    /** All there are: a new family is a line here. */
    private static final List<Family> FAMILIES =
            List.of(new ResNeXtFamily(), new DlaFamily(), new DenseNetFamily(), new ResNetFamily());

    private static final List<Architecture> ALL = FAMILIES.stream()
            .flatMap(family -> family.members().stream().map(member -> new Architecture(family, member)))
            .sorted(Comparator.comparing(architecture -> architecture.member.origin()))
            .toList();

    private final Family family;
    private final Member member;

    private Architecture(Family family, Member member) {
        this.family = family;
        this.member = member;
    }

    /** {@return every architecture: first those of the published code, last those for small pictures} */
    public static List<Architecture> all() {
        return ALL;
    }

    /**
     * Finds an architecture by its {@link #id()}.
     *
     * @param id the word for it
     * @return the architecture
     */
    public static Architecture of(String id) {
        return ALL.stream()
                .filter(architecture -> architecture.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ElasticVisionException("unknown architecture '" + id + "': use one of "
                        + ALL.stream().map(Architecture::id).collect(Collectors.joining(", "))));
    }

    /** {@return all heads of networks for a task, each once} */
    public static List<Head> heads(Task task) {
        return FAMILIES.stream()
                .flatMap(family -> family.head(task).stream())
                .distinct()
                .toList();
    }

    /** {@return all backbones that have a prefix in the form for a task, each once} */
    public static List<Backbone> prefixedBackbones(Task task) {
        return FAMILIES.stream()
                .map(family -> family.backbone(task))
                .filter(backbone -> !backbone.prefix().isEmpty())
                .distinct()
                .toList();
    }

    /** {@return whether tensors with these names are of a segmentation network} */
    public static boolean isSegmentation(Collection<String> names) {
        return heads(Task.SEGMENTATION).stream().anyMatch(head -> head.isIn(names));
    }

    /** {@return the forms of other people's code in which tensors with these names may be a network's} */
    public static List<StateDictForm> otherForms(Set<String> names) {
        return FAMILIES.stream().flatMap(family -> family.form(names).stream()).toList();
    }

    /**
     * {@return the length that the short side of a picture is resized to before the crop of 224 pixels, for classification
     * weights that others released and that are known to need another than the published one}
     *
     * @param sha256 of the released file, in hexadecimal digits
     */
    public static OptionalInt resizedOtherwise(String sha256) {
        return FAMILIES.stream()
                .flatMap(family -> family.resizedOtherwise().entrySet().stream())
                .filter(release -> sha256.startsWith(release.getKey()))
                .mapToInt(release -> release.getValue())
                .findFirst();
    }

    /** {@return the name on the command line, in checkpoints and in model files, such as {@code resnext50_elastic}} */
    public String id() {
        return member.id();
    }

    /** {@return whether the published code has it} */
    public boolean isPublished() {
        return member.origin() == Member.Origin.PUBLISHED;
    }

    /** {@return whether it can be built for a task: DenseNet has no published segmentation form} */
    public boolean supports(Task task) {
        return head(task).isPresent();
    }

    /** {@return the head that its networks have for a task; empty where it has no form for it} */
    public Optional<Head> head(Task task) {
        return family.head(task);
    }

    /** {@return the input height and width that it is trained and evaluated at unless told otherwise; empty if there is none} */
    public OptionalInt inputSize(Task task) {
        return member.inputSize(task);
    }

    /** {@return the weight decay of the published recipe} */
    public double weightDecay(Task task) {
        return family.weightDecay(task);
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
            List<String> able = FAMILIES.stream()
                    .filter(other -> other.head(task).isPresent())
                    .map(Family::id)
                    .toList();
            int last = able.size() - 1;
            String choice =
                    last == 0 ? able.get(0) : String.join(", ", able.subList(0, last)) + " or " + able.get(last);
            throw new ElasticVisionException(id() + " has no form for " + task + ": use a " + choice + " architecture");
        }
        return member.builder().network(task, classes);
    }

    @Override
    public String toString() {
        return id();
    }
}
