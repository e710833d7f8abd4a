package org.elasticvision.train.torch.group;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;
import org.elasticvision.convert.zoo.layer.TensorSpec;

/**
 * What of a network is not trained, BatchNorm's statistics above all, between processes: the first one's, or the means of running
 * means and variances. Stateless.
 *
 * @param specs of all tensors
 * @param averages whether running means and variances become their means over all processes
 * @param isFrozen whether a BatchNorm layer keeps its statistics: a mean of equal numbers may be rounded, so those stay out
 */
public record SharedStatistics(List<TensorSpec> specs, boolean averages, Predicate<String> isFrozen) {
    /**
     * Makes them the same in all processes, which make the same call.
     *
     * @param group the processes
     * @param tensors by their names
     */
    public void share(GlooGroup group, Function<String, Tensor> tensors) {
        if (averages) {
            group.average(tensors(tensors, this::isMovingStatistic));
        }
        group.broadcast(tensors(tensors, spec -> !spec.role().isTrained() && !(averages && isMovingStatistic(spec))));
    }

    private boolean isMovingStatistic(TensorSpec spec) {
        boolean isStatistic = spec.role() == TensorSpec.Role.RUNNING_MEAN || spec.role() == TensorSpec.Role.RUNNING_VAR;
        String layer = spec.name().substring(0, Math.max(0, spec.name().lastIndexOf('.')));
        return isStatistic && !isFrozen.test(layer);
    }

    private List<Tensor> tensors(Function<String, Tensor> tensors, Predicate<TensorSpec> wanted) {
        return specs.stream()
                .filter(wanted)
                .map(spec -> tensors.apply(spec.name()))
                .toList();
    }
}
