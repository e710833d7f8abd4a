package org.elasticvision.convert.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private static final String HOME = "http://ai2-vision.s3.amazonaws.com/elastic/";

    /** {@return all 26: the 24 released files and the two architectures whose weights were not released} */
    public static List<ReleasedModel> all() {
        List<ReleasedModel> models = new ArrayList<>();
        for (Architecture architecture : Architecture.published()) {
            boolean released =
                    architecture != Architecture.SE_RESNEXT50 && architecture != Architecture.DLA102X_ELASTIC;
            models.add(model(
                    architecture.id(), architecture, Task.CLASSIFICATION, "imagenet_models/", ".pth.tar", released));
        }
        for (Architecture architecture : Architecture.published()) {
            if (trainedFurther(architecture)) {
                String name = "coco_" + architecture.id();
                models.add(model(name, architecture, Task.MULTI_LABEL, "coco_models/", ".pth.tar", true));
            }
        }
        for (Architecture architecture : Architecture.published()) {
            if (trainedFurther(architecture) && architecture.supports(Task.SEGMENTATION)) {
                String name = "deeplab_" + architecture.id() + "_pascal_v3_original_epoch50";
                models.add(model(name, architecture, Task.SEGMENTATION, "pascal_models/", ".pth", true));
            }
        }
        return List.copyOf(models);
    }

    /**
     * {@return the classes that the authors trained a task for}
     *
     * @param task what the network is for
     */
    public static List<Label> publishedLabels(Task task) {
        return switch (task) {
            case CLASSIFICATION -> Labels.imagenet1k();
            case MULTI_LABEL -> Labels.coco80();
            case SEGMENTATION -> Labels.pascalVoc21();
        };
    }

    /**
     * {@return the input height and width that the authors evaluated a task at}
     *
     * @param task what the network is for
     */
    public static int publishedInputSize(Task task) {
        return task == Task.SEGMENTATION ? 513 : 224;
    }

    /** {@return the number of classes} */
    public int classes() {
        return publishedLabels(task).size();
    }

    /**
     * Builds the network.
     *
     * @return the network
     */
    public Network network() {
        return architecture.network(task, classes());
    }

    private static boolean trainedFurther(Architecture architecture) {
        return switch (architecture) {
            case SE_RESNEXT50, SE_RESNEXT50_ELASTIC, DLA102X, DLA102X_ELASTIC, RESNEXT_TINY, RESNEXT_TINY_ELASTIC ->
                false;
            case RESNEXT50,
                    RESNEXT50_ELASTIC,
                    RESNEXT101,
                    RESNEXT101_ELASTIC,
                    DLA60X,
                    DLA60X_ELASTIC,
                    DENSENET201,
                    DENSENET201_ELASTIC -> true;
        };
    }

    private static ReleasedModel model(
            String name, Architecture architecture, Task task, String folder, String ending, boolean released) {
        Optional<String> file = released ? Optional.of(name + ending) : Optional.empty();
        return new ReleasedModel(name, architecture, task, file, file.map(f -> HOME + folder + f));
    }
}
