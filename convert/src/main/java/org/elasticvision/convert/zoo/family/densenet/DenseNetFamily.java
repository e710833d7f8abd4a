package org.elasticvision.convert.zoo.family.densenet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.elasticvision.convert.zoo.network.Family;
import org.elasticvision.convert.zoo.network.Head;
import org.elasticvision.convert.zoo.network.Member;
import org.elasticvision.convert.zoo.network.Member.Origin;
import org.elasticvision.convert.zoo.network.StateDictForm;
import org.elasticvision.runtime.model.Task;

/** The DenseNets, of which no form for segmentation was published. */
public final class DenseNetFamily implements Family {
    static final Head CLASSIFIER = Head.of("classifier");

    private static final List<Member> MEMBERS = List.of(
            published("densenet201", new DenseNet.Variant(List.of(6, 12, 48, 32), false)),
            published("densenet201_elastic", new DenseNet.Variant(List.of(10, 20, 40, 30), true)));

    private static final String FINAL_NORM = "features.norm5.";
    private static final Pattern DOTTED =
            Pattern.compile("^(features\\.denseblock\\d+\\.denselayer\\d+\\.(?:norm|conv))\\.([12])\\.");

    /** Torchvision's, also with the dots that its released files have in names. */
    private static final StateDictForm TORCHVISION = name -> List.of(StateDictForm.Piece.whole(ownName(name)));

    @Override
    public String id() {
        return "densenet";
    }

    @Override
    public List<Member> members() {
        return MEMBERS;
    }

    @Override
    public Optional<Head> head(Task task) {
        return switch (task) {
            case CLASSIFICATION, MULTI_LABEL -> Optional.of(CLASSIFIER);
            case SEGMENTATION -> Optional.empty();
        };
    }

    @Override
    public Optional<StateDictForm> form(Set<String> names) {
        return names.stream().allMatch(name -> name.equals(ownName(name)))
                ? Optional.empty()
                : Optional.of(TORCHVISION);
    }

    private static String ownName(String name) {
        return name.startsWith(FINAL_NORM)
                ? "features.norm_final." + name.substring(FINAL_NORM.length())
                : DOTTED.matcher(name).replaceFirst("$1$2.");
    }

    private static Member published(String id, DenseNet.Variant variant) {
        return new Member(id, Origin.PUBLISHED, (task, classes) -> new DenseNet(variant, classes));
    }
}
