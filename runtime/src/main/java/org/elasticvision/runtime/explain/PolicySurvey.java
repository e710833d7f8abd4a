package org.elasticvision.runtime.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.elasticvision.runtime.dataset.coco.ObjectSize;
import org.elasticvision.runtime.evaluation.LabelledImage.Contents;

/**
 * The scale policies of many images of one model, put together by what is in the images: all images, those with a class, those with
 * an object of a size. An image counts in each group that it belongs to. For one thread.
 */
public final class PolicySurvey {
    private final List<String> blocks;
    private final Sums all;
    private final Map<Integer, Sums> classes = new TreeMap<>();
    private final Map<ObjectSize, Sums> sizes = new TreeMap<>();

    /**
     * Begins with no image.
     *
     * @param blocks of the model, {@link Explainer#blocks()}
     */
    public PolicySurvey(List<String> blocks) {
        this.blocks = List.copyOf(blocks);
        this.all = new Sums(blocks.size());
    }

    /**
     * The policies of some images.
     *
     * @param images how many
     * @param blocks in the order of the network
     */
    public record Group(int images, List<BlockMean> blocks) {
        public Group {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * One block over some images.
     *
     * @param score average of the scores
     * @param deviation their standard deviation
     * @param high share of the images where the high resolution responds more strongly, 0..1
     */
    public record BlockMean(double score, double deviation, double high) {}

    /**
     * Counts an image.
     *
     * @param policy of it
     * @param contents what is in it
     * @throws IllegalArgumentException if the policy has other blocks
     */
    public void add(ScalePolicy policy, Contents contents) {
        if (!policy.blocks().stream().map(ScalePolicy.Block::name).toList().equals(blocks)) {
            throw new IllegalArgumentException("the policy is of a network with other blocks");
        }
        all.add(policy);
        contents.classes().forEach(index -> classes.computeIfAbsent(index, first -> new Sums(blocks.size()))
                .add(policy));
        contents.sizes().forEach(size -> sizes.computeIfAbsent(size, first -> new Sums(blocks.size()))
                .add(policy));
    }

    /** {@return the names of the blocks} */
    public List<String> blocks() {
        return blocks;
    }

    /** {@return all images} */
    public Group all() {
        return all.group();
    }

    /** {@return the images of each class that is in any, by its index, in order} */
    public Map<Integer, Group> classes() {
        return groups(classes);
    }

    /** {@return the images of each size of object that is in any, the smallest first; empty where the data set tells no sizes} */
    public Map<ObjectSize, Group> sizes() {
        return groups(sizes);
    }

    private static <K extends Comparable<K>> Map<K, Group> groups(Map<K, Sums> sums) {
        Map<K, Group> groups = new TreeMap<>();
        sums.forEach((key, value) -> groups.put(key, value.group()));
        return groups;
    }

    /** What is summed up of the images of a group. */
    private static final class Sums {
        private final double[] scores;
        private final double[] squares;
        private final int[] high;
        private int images;

        Sums(int blocks) {
            scores = new double[blocks];
            squares = new double[blocks];
            high = new int[blocks];
        }

        void add(ScalePolicy policy) {
            images++;
            for (int i = 0; i < scores.length; i++) {
                double score = policy.blocks().get(i).score();
                scores[i] += score;
                squares[i] += score * score;
                high[i] += score > 0 ? 1 : 0;
            }
        }

        Group group() {
            List<BlockMean> means = new ArrayList<>();
            IntStream.range(0, images == 0 ? 0 : scores.length).forEach(i -> {
                double mean = scores[i] / images;
                double variance = Math.max(0, squares[i] / images - mean * mean);
                means.add(new BlockMean(mean, Math.sqrt(variance), (double) high[i] / images));
            });
            return new Group(images, means);
        }
    }
}
