package org.elasticvision.convert.zoo.family.resnext;

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
import org.elasticvision.runtime.model.Task;

/** The ResNeXts: for segmentation with the head of DeepLabV3. */
public final class ResNeXtFamily implements Family {
    private static final List<Member> MEMBERS = List.of(
            published("resnext50", new ResNeXt.Variant(List.of(3, 4, 6, 3), false, false)),
            published("resnext50_elastic", new ResNeXt.Variant(List.of(6, 8, 5, 3), true, false)),
            published("resnext101", new ResNeXt.Variant(List.of(3, 4, 23, 3), false, false)),
            published("resnext101_elastic", new ResNeXt.Variant(List.of(12, 14, 20, 3), true, false)),
            published("se_resnext50", new ResNeXt.Variant(List.of(3, 4, 6, 3), false, true)),
            published("se_resnext50_elastic", new ResNeXt.Variant(List.of(6, 8, 5, 3), true, true)),
            small("resnext_tiny", new ResNeXt.Variant(List.of(2, 3, 2), false, false, ResNeXtSize.TINY)),
            small("resnext_tiny_elastic", new ResNeXt.Variant(List.of(3, 3, 2), true, false, ResNeXtSize.TINY)));

    @Override
    public String id() {
        return "resnext";
    }

    @Override
    public List<Member> members() {
        return MEMBERS;
    }

    @Override
    public Optional<Head> head(Task task) {
        return Head.of(task, ResidualNetwork.CLASSIFIER, ResidualNetwork.SEGMENTER);
    }

    @Override
    public Optional<StateDictForm> form(Set<String> names) {
        return OtherResNeXtForm.of(names);
    }

    @Override
    public Map<String, Integer> resizedOtherwise() {
        return Map.of("1a0047aa", 232); // torchvision's ResNeXt50_32X4D_Weights.IMAGENET1K_V2
    }

    private static Member published(String id, ResNeXt.Variant variant) {
        return new Member(id, Origin.PUBLISHED, (task, classes) -> ResNeXt.of(variant, task, classes));
    }

    private static Member small(String id, ResNeXt.Variant variant) {
        return new Member(id, Origin.SMALL, (task, classes) -> ResNeXt.of(variant, task, classes));
    }
}
