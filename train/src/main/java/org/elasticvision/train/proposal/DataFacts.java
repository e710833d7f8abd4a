package org.elasticvision.train.proposal;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.elasticvision.runtime.image.ImageHead;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.DatasetFolder;
import org.elasticvision.train.data.TrainingData;

/**
 * What a proposal goes by.
 *
 * @param task what the network is for
 * @param images to learn from
 * @param classes of the data
 * @param shortSide median of the images' shorter sides in pixels, 0 where no image says its size
 * @param longSide median of their longer sides in pixels
 * @param fixed the size that all images have, where the layout says so (IDX files)
 */
public record DataFacts(Task task, int images, int classes, int shortSide, int longSide, Optional<InputSize> fixed) {
    /** Images whose sizes are read, spread over all. */
    private static final int SAMPLE = 200;
    /** Any will do: no image is decoded. */
    private static final int SIDE = 224;

    /**
     * Counts a data set, and reads the sizes of some of its images.
     *
     * @param task what the network is for
     * @param dataset the data, opened
     * @return what was found
     * @throws org.elasticvision.runtime.base.DatasetException if nothing can be learned from the data
     */
    public static DataFacts of(Task task, DatasetFolder dataset) {
        List<Label> labels = dataset.labels();
        TrainingData training =
                dataset.training(labels, Preprocessing.published(task, SIDE, SIDE), dataset.usualAugmentation());
        Optional<InputSize> fixed = dataset.imageSize();
        if (fixed.isPresent()) {
            InputSize size = fixed.get();
            int shorter = Math.min(size.height(), size.width());
            int longer = Math.max(size.height(), size.width());
            return new DataFacts(task, training.size(), labels.size(), shorter, longer, fixed);
        }
        int sample = Math.min(SAMPLE, training.size());
        List<ImageHead> heads = IntStream.range(0, sample)
                .map(i -> (int) ((long) i * training.size() / sample))
                .mapToObj(i -> ImageHead.read(Path.of(training.name(i))))
                .flatMap(Optional::stream)
                .toList();
        return new DataFacts(
                task,
                training.size(),
                labels.size(),
                median(heads.stream()
                        .mapToInt(head -> Math.min(head.width(), head.height()))
                        .toArray()),
                median(heads.stream()
                        .mapToInt(head -> Math.max(head.width(), head.height()))
                        .toArray()),
                fixed);
    }

    private static int median(int[] values) {
        Arrays.sort(values);
        return values.length == 0 ? 0 : values[values.length / 2];
    }
}
