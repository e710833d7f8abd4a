package org.elasticvision.train.run;

import java.nio.file.Path;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.View;

/** The view of photos must not change within a run either. */
final class RunView {
    private RunView() {}

    /**
     * Refuses to go on with the other view.
     *
     * @param saved what the checkpoint says; one that says nothing is from when images were read as they are stored
     * @param now what the job says
     */
    static void requireSame(Preprocessing saved, Preprocessing now, Path checkpoint) {
        View then = saved.view().or(View.STORED);
        if (then != now.view()) {
            throw new ElasticVisionException(checkpoint + ": its run has learned from photos "
                    + (then == View.STORED ? "as they are stored" : "turned upright by EXIF") + "; go on with --exif "
                    + then.id() + ", or start a new run from its weights with --init-from");
        }
    }
}
