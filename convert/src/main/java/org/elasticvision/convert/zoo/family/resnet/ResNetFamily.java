package org.elasticvision.convert.zoo.family.resnet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.convert.zoo.family.block.ResidualNetwork;
import org.elasticvision.convert.zoo.network.Family;
import org.elasticvision.convert.zoo.network.Head;
import org.elasticvision.convert.zoo.network.Member;
import org.elasticvision.convert.zoo.network.Member.Origin;
import org.elasticvision.convert.zoo.network.StateDictForm;
import org.elasticvision.convert.zoo.network.StateDictForm.Piece;
import org.elasticvision.runtime.model.Task;

/** The ResNets: for segmentation with the head of DeepLabV3. */
public final class ResNetFamily implements Family {
    /** What the head is called in Cadene's pretrained-models, and in what was trained from them. */
    private static final String OTHER_HEAD = "last_linear.";

    private static final StateDictForm OTHER_HEAD_NAME = name -> List.of(Piece.whole(
            name.startsWith(OTHER_HEAD)
                    ? ResidualNetwork.CLASSIFIER.lastLayer() + "." + name.substring(OTHER_HEAD.length())
                    : name));

    private static final List<Member> MEMBERS = List.of(
            basic("resnet18", 2, 2, 2, 2),
            basic("resnet34", 3, 4, 6, 3),
            bottleneck("resnet50", 3, 4, 6, 3),
            bottleneck("resnet101", 3, 4, 23, 3),
            bottleneck("resnet152", 3, 8, 36, 3));

    @Override
    public String id() {
        return "resnet";
    }

    @Override
    public List<Member> members() {
        return MEMBERS;
    }

    @Override
    public Optional<Head> head(Task task) {
        return Head.of(task, ResidualNetwork.CLASSIFIER, ResidualNetwork.SEGMENTER);
    }

    /** One branch in each block; those with two are ResNeXts. */
    @Override
    public Optional<StateDictForm> form(Set<String> names) {
        return names.contains(OTHER_HEAD + "weight")
                        && names.contains("layer1.0.conv1.weight")
                        && names.stream().noneMatch(name -> name.contains("_d."))
                ? Optional.of(OTHER_HEAD_NAME)
                : Optional.empty();
    }

    /** Torchvision's {@code IMAGENET1K_V2} of ResNet-50, -101 and -152. */
    @Override
    public Map<String, Integer> resizedOtherwise() {
        return Map.of("11ad3fa6", 232, "cd907fc2", 232, "f82ba261", 232);
    }

    private static Member basic(String id, Integer... blocks) {
        return new Member(id, Origin.ELSEWHERE, (task, classes) -> new ResNet(List.of(blocks), false, task, classes));
    }

    private static Member bottleneck(String id, Integer... blocks) {
        return new Member(id, Origin.ELSEWHERE, (task, classes) -> new ResNet(List.of(blocks), true, task, classes));
    }
}
