package org.elasticvision.convert.zoo.family.dla;

import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.zoo.network.Backbone;
import org.elasticvision.convert.zoo.network.Family;
import org.elasticvision.convert.zoo.network.Head;
import org.elasticvision.convert.zoo.network.Member;
import org.elasticvision.convert.zoo.network.Member.Origin;
import org.elasticvision.runtime.model.Task;

/** The DLAs: for segmentation the whole classifier becomes the backbone under another prefix, its last layer unused. */
public final class DlaFamily implements Family {
    static final String BASE = "base";
    static final String FC = "fc";
    static final String AGGREGATION = "dla_up";
    static final String UP = "up";

    static final Head CLASSIFIER = Head.of(FC);
    static final Head SEGMENTER = new Head(FC + ".0", List.of(AGGREGATION, FC, UP));
    static final Backbone SEGMENTATION_BACKBONE = new Backbone(BASE + ".", List.of(BASE + "." + FC));

    /** Of {@code segment.py} for DLA; the other networks have five times as much. */
    private static final double SEGMENTATION_WEIGHT_DECAY = 1e-4;

    private static final List<Member> MEMBERS = List.of(
            published("dla60x", new Dla.Variant(List.of(1, 2, 3, 1), false, false, 32)),
            published("dla60x_elastic", new Dla.Variant(List.of(1, 2, 3, 1), true, false, 32)),
            published("dla102x", new Dla.Variant(List.of(1, 3, 4, 1), false, true, 32)),
            published("dla102x_elastic", new Dla.Variant(List.of(3, 3, 3, 1), true, true, 50)));

    @Override
    public String id() {
        return "dla";
    }

    @Override
    public List<Member> members() {
        return MEMBERS;
    }

    @Override
    public Optional<Head> head(Task task) {
        return Head.of(task, CLASSIFIER, SEGMENTER);
    }

    @Override
    public Backbone backbone(Task task) {
        return switch (task) {
            case CLASSIFICATION, MULTI_LABEL -> Backbone.PLAIN;
            case SEGMENTATION -> SEGMENTATION_BACKBONE;
        };
    }

    @Override
    public double weightDecay(Task task) {
        return switch (task) {
            case CLASSIFICATION, MULTI_LABEL -> Family.super.weightDecay(task);
            case SEGMENTATION -> SEGMENTATION_WEIGHT_DECAY;
        };
    }

    private static Member published(String id, Dla.Variant variant) {
        return new Member(id, Origin.PUBLISHED, (task, classes) -> switch (task) {
            case CLASSIFICATION, MULTI_LABEL -> new Dla(variant, classes);
            case SEGMENTATION -> new DlaUp(variant, classes);
        });
    }
}
