package org.elasticvision.convert.zoo;

import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.PublishedFacts;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.Task;

/**
 * A network of the zoo as its authors trained it: an architecture with a task, and the weight file that they released.
 *
 * @param name as the released file is called, without its ending
 * @param file name of the released file, empty where the authors released none
 * @param address where the authors published the file, empty where they released none
 */
public record ReleasedModel(
        String name, Architecture architecture, Task task, Optional<String> file, Optional<String> address) {

    /** {@return all 26: the 24 released files and the two architectures whose weights were not released} */
    public static List<ReleasedModel> all() {
        return ReleasedTable.MODELS;
    }

    /** {@return the classes that the authors trained a task for} */
    public static List<Label> publishedLabels(Task task) {
        return switch (task) {
            case CLASSIFICATION -> Labels.imagenet1k();
            case MULTI_LABEL -> Labels.coco80();
            case SEGMENTATION -> Labels.pascalVoc21();
        };
    }

    /** {@return the input height and width that the authors evaluated a task at} */
    public static int publishedInputSize(Task task) {
        return PublishedFacts.inputSize(task);
    }

    /** {@return the number of classes} */
    public int classes() {
        return publishedLabels(task).size();
    }

    /** {@return the network, built anew} */
    public Network network() {
        return architecture.network(task, classes());
    }
}
