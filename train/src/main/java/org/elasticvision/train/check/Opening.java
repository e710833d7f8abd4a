package org.elasticvision.train.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.data.DatasetFolder;
import org.elasticvision.train.data.TrainingData;

/**
 * A data set as a run opens it, so that what the run refuses at its start is told in its own words.
 *
 * @param data empty where it cannot be opened
 * @param labels of the network; empty where they cannot be told
 * @param input of the network
 * @param heldOut names of the training images that the run would validate on
 */
record Opening(Optional<DatasetFolder> data, List<Label> labels, InputSize input, Set<String> heldOut) {
    private static final int USUAL_SIDE = 224;
    private static final int USUAL_CROP = 513;

    static Opening of(Task task, DataSource source, CheckOptions options, Consumer<String> refused) {
        Tries tries = new Tries(refused);
        InputSize usual = options.input().orElseGet(() -> usual(task));
        Optional<DatasetFolder> data = tries.get(() -> source.open(task, note -> {}));
        if (data.isEmpty()) {
            return new Opening(data, List.of(), usual, Set.of());
        }
        Optional<List<Label>> labels = options.labels().or(() -> tries.get(data.get()::labels));
        InputSize input = options.input()
                .or(() -> tries.get(data.get()::imageSize).flatMap(size -> size))
                .orElse(usual);
        Set<String> heldOut = new HashSet<>();
        if (labels.isPresent()) {
            Preprocessing preprocessing = Preprocessing.published(task, input.height(), input.width())
                    .withView(options.orientation().view());
            tries.get(() -> {
                TrainingData training = data.get()
                        .training(labels.get(), preprocessing, data.get().usualAugmentation());
                return task.isPerPixel() ? training.turned() : training;
            });
            Optional<TrainingData> validation = tries.get(() -> {
                TrainingData own = data.get().validation(labels.get(), preprocessing);
                if (task.isPerPixel()) {
                    own.turned();
                }
                return own;
            });
            if (data.get().heldOut().isPresent() && validation.isPresent()) {
                for (int i = 0; i < validation.get().size(); i++) {
                    heldOut.add(validation.get().name(i));
                }
            }
        }
        return new Opening(data, labels.orElse(List.of()), input, heldOut);
    }

    private static InputSize usual(Task task) {
        return switch (task) {
            case CLASSIFICATION, MULTI_LABEL -> new InputSize(USUAL_SIDE, USUAL_SIDE);
            case SEGMENTATION -> new InputSize(USUAL_CROP, USUAL_CROP);
        };
    }

    /** Hears each refusal once: a later step refuses for the reason of an earlier one. */
    private static final class Tries {
        private final Consumer<String> refused;

        Tries(Consumer<String> refused) {
            this.refused = refused;
        }

        <T> Optional<T> get(Supplier<T> step) {
            try {
                return Optional.of(step.get());
            } catch (DatasetException e) {
                refused.accept(e.getMessage());
                return Optional.empty();
            }
        }
    }
}
