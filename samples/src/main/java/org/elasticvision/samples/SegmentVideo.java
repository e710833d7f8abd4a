package org.elasticvision.samples;

import java.nio.file.Path;
import org.elasticvision.runtime.Segmenter;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.video.VideoReader;
import org.elasticvision.runtime.image.video.VideoWriter;
import org.elasticvision.runtime.stream.FrameSource;
import org.elasticvision.runtime.stream.FrameStream;
import org.elasticvision.runtime.stream.StreamOptions;

/** A video file, or some frames of a camera, with the classes laid over it. The frame being drawn holds up no other one. */
public final class SegmentVideo {
    private static final double ALPHA = 0.6;
    private static final double USUAL_FRAMES_PER_SECOND = 25;

    private SegmentVideo() {}

    /**
     * Writes the overlay as a video.
     *
     * @param arguments a segmentation model; a video file or the number of a camera; the AVI or MP4 to write; how
     *     many frames (of a camera always, of a file all if left out)
     */
    public static void main(String[] arguments) {
        if (arguments.length < 3 || (arguments.length > 3 && !arguments[3].matches("\\d{1,18}"))) {
            System.err.println("usage: SegmentVideo MODEL VIDEO|CAMERA OVERLAY.avi [FRAMES]");
            System.exit(2);
        }
        boolean live = arguments[1].matches("\\d{1,9}");
        long frames = arguments.length > 3 ? Long.parseLong(arguments[3]) : Long.MAX_VALUE;
        try (Segmenter segmenter = Segmenter.open(Path.of(arguments[0]));
                VideoReader reader = live
                        ? VideoReader.camera(Integer.parseInt(arguments[1]))
                        : VideoReader.open(Path.of(arguments[1]))) {
            double speed = reader.framesPerSecond() < 1 ? USUAL_FRAMES_PER_SECOND : reader.framesPerSecond();
            StreamOptions options = live ? StreamOptions.newestFrame() : StreamOptions.everyFrame();
            FrameSource source = FrameSource.of(reader).limit(frames);
            VideoWriter.write(Path.of(arguments[2]), speed, video -> {
                System.out.println(FrameStream.run(segmenter, source, options, answer -> {
                    RgbImage picture = answer.frame().image().decode(Orientation.IGNORE_EXIF);
                    video.write(answer.answer().overlay(picture, ALPHA));
                }));
            });
        } catch (ElasticVisionException e) { // whatever it is, its message says what to do
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
