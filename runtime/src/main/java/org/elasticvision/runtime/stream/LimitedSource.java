package org.elasticvision.runtime.stream;

import java.util.Optional;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.image.ImageSource;

/** The first frames of another source. */
final class LimitedSource implements FrameSource {
    private final FrameSource source;
    private long left;

    LimitedSource(FrameSource source, long frames) {
        Check.atLeast("frames", frames, 0);
        this.source = source;
        this.left = frames;
    }

    @Override
    public Optional<ImageSource> next() {
        if (left == 0) {
            return Optional.empty();
        }
        left--;
        return source.next();
    }

    @Override
    public void close() {
        source.close();
    }
}
