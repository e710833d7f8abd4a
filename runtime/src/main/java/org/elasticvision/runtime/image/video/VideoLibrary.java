package org.elasticvision.runtime.image.video;

import org.bytedeco.javacpp.Loader;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.LinkErrors;

/** What to do where OpenCV's video library cannot be loaded. */
final class VideoLibrary {
    private VideoLibrary() {}

    static ElasticVisionException missing(LinkageError error) {
        String problem = LinkErrors.ofSystem(error)
                .orElseGet(() -> error.getMessage() + "; put the jars of org.bytedeco opencv, openblas and javacpp for "
                        + Loader.getPlatform() + " on the class path");
        return new ElasticVisionException("OpenCV's video library does not run on this machine: " + problem, error);
    }
}
