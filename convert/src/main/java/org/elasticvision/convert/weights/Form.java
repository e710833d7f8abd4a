package org.elasticvision.convert.weights;

import java.util.Optional;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.Network;
import org.elasticvision.runtime.model.Task;

/** In whose form a checkpoint holds a network. */
public enum Form {
    /** As the published code names and cuts its tensors. */
    ZOO(""),

    /** A ResNeXt or SE-ResNeXt of torchvision or timm, one branch of 32 groups in each block. */
    ORDINARY("an ordinary ResNeXt, as of torchvision or timm: the 32 groups of each block are two branches of 16 here,"
            + " which give the same answers"),

    /** The same, of those SE-ResNeXts whose stem pools as Caffe does: timm's {@code legacy_seresnext50_32x4d}. */
    ORDINARY_UNPADDED("an ordinary SE-ResNeXt whose first max pooling pads nothing, as of timm's legacy_ models: the 32"
            + " groups of each block are two branches of 16 here, which give the same answers");

    private final String description;

    Form(String description) {
        this.description = description;
    }

    /** {@return what the user should know about it; empty where there is nothing to say} */
    public Optional<String> description() {
        return Optional.of(description).filter(text -> !text.isEmpty());
    }

    /**
     * {@return the network that computes what the one computed that the weights are of}
     *
     * @param architecture that the tensors fit
     * @param task what it is for
     * @param classes how many it tells apart
     */
    public Network network(Architecture architecture, Task task, int classes) {
        Optional<Network> unpadded = this == ORDINARY_UNPADDED && task != Task.SEGMENTATION
                ? architecture.networkWithUnpaddedPool(classes)
                : Optional.empty();
        return unpadded.orElseGet(() -> architecture.network(task, classes));
    }
}
