package org.elasticvision.train.check;

import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Label;

/**
 * What a run would be given, as far as data are concerned.
 *
 * @param input size of the network's input; empty for what is usual for the task
 * @param labels of the network's classes; empty for those of the data
 * @param orientation the view of photos that the network learns from
 * @param skipsBad whether images that cannot be used are left out
 * @param threads that read images, at least 1
 * @param examples of each kind of finding that are kept, at least 1
 * @param samples of each class that are kept as pictures; 0 for none
 */
public record CheckOptions(
        Optional<InputSize> input,
        Optional<List<Label>> labels,
        Orientation orientation,
        boolean skipsBad,
        int threads,
        int examples,
        int samples) {
    public CheckOptions {
        labels = labels.map(List::copyOf);
        Check.atLeast("threads", threads, 1);
        Check.atLeast("examples", examples, 1);
        Check.atLeast("samples", samples, 0);
    }
}
