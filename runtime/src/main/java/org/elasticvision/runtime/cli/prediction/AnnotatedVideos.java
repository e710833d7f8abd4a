package org.elasticvision.runtime.cli.prediction;

import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.resample.Resampler;
import org.elasticvision.runtime.image.video.VideoFrame;
import org.elasticvision.runtime.image.video.VideoWriter;
import org.elasticvision.runtime.model.Interpolation;

/** Writes {@code NAME.annotated.mp4}, one video after the other: its frames with their classes on them. For one thread. */
final class AnnotatedVideos implements AutoCloseable {
    private static final double USUAL_FRAMES_PER_SECOND = 25;
    private static final double MOST_FRAMES_PER_SECOND = 1000;

    private final PictureNames names;
    private InputVideo video;
    private VideoWriter writer;
    private RgbImage first;

    AnnotatedVideos(PictureNames names) {
        this.names = names;
    }

    /**
     * Adds a frame; with the first one of another video the one before is published.
     *
     * @param image in the order of the videos and their frames
     * @param drawn the frame with what is drawn on it
     */
    void add(InputImage image, RgbImage drawn) {
        InputVideo of = image.video().orElseThrow();
        VideoFrame frame = image.frame().orElseThrow();
        if (video != of) {
            publish();
            video = of;
            first = drawn;
            writer = VideoWriter.begin(names.file(image, PictureNames.ANNOTATED_VIDEO), rate(of));
        }
        boolean fits = drawn.width() == first.width() && drawn.height() == first.height();
        writer.write( // a stream may change its size on the way, a file does not
                fits ? drawn : Resampler.resize(drawn, first.width(), first.height(), Interpolation.BILINEAR),
                frame.seconds());
    }

    private static double rate(InputVideo video) {
        double stated = video.framesPerSecond();
        return stated == 0 ? USUAL_FRAMES_PER_SECOND : Math.max(1, Math.min(MOST_FRAMES_PER_SECOND, stated));
    }

    /** All frames have been added. */
    void publish() {
        if (writer != null) {
            writer.publish();
            close();
        }
    }

    /** Takes away what was not published. */
    @Override
    public void close() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }
}
