package org.elasticvision.convert.zoo.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.model.Task;

/**
 * Networks that are built of the same blocks, and all that is known of them besides their layers: what their state dicts call
 * backbone and head, what they are trained with, and how other people's code names their tensors. Immutable and thread-safe.
 */
public interface Family {
    /** {@return the word for it in messages, such as {@code resnext}} */
    String id();

    /** {@return its networks, in the order in which they are listed} */
    List<Member> members();

    /** {@return the head that its networks have for a task; empty where they have no form for it} */
    Optional<Head> head(Task task);

    /** {@return what is not the head, in the form for a task} */
    default Backbone backbone(Task task) {
        return Backbone.PLAIN;
    }

    /** {@return the weight decay of the published recipe} */
    default double weightDecay(Task task) {
        return PublishedFacts.weightDecay(task);
    }

    /**
     * {@return the form of other people's code that a state dict is in, where it is this family's in such a form}
     *
     * @param names of its tensors
     */
    default Optional<StateDictForm> form(Set<String> names) {
        return Optional.empty();
    }

    /**
     * Weights that others released for classification, and whose pictures are resized otherwise than published.
     *
     * @return the length that the short side is resized to before the crop of 224 pixels, by the beginning of the SHA-256 of the
     *     file
     */
    default Map<String, Integer> resizedOtherwise() {
        return Map.of();
    }
}
