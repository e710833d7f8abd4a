package org.elasticvision.runtime.stream;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.ImageSearch;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.video.VideoReader;

/**
 * Where a stream's frames come from: a folder, a video file, a camera, an iterator, or a lambda that gives the next one. A
 * stream calls {@link #next} by one thread; whoever opened the source closes it, after the stream (so it is opened before it).
 */
@FunctionalInterface
public interface FrameSource extends AutoCloseable {

    /**
     * The next frame; may wait for it. Its image is decoded later, by another thread. When the stream is stopped, the thread
     * that waits here is interrupted; what is thrown then counts as the end.
     *
     * @return empty at the end
     */
    Optional<ImageSource> next();

    @Override
    default void close() {}

    /**
     * This source, ended after so many frames; closing it closes this one.
     *
     * @param frames how many at most
     * @return the limited source
     */
    default FrameSource limit(long frames) {
        return new LimitedSource(this, frames);
    }

    /**
     * Images as an iterator gives them.
     *
     * @param images asked by the thread that reads the stream
     * @return the source
     */
    static FrameSource of(Iterator<? extends ImageSource> images) {
        Objects.requireNonNull(images, "images");
        return () -> images.hasNext() ? Optional.of(images.next()) : Optional.empty();
    }

    /**
     * {@return images as they lie in a collection}
     *
     * @param images each is given once
     */
    static FrameSource of(Iterable<? extends ImageSource> images) {
        return of(images.iterator());
    }

    /**
     * The images of a folder, as {@link ImageSearch#inFolder} finds them.
     *
     * @param folder the folder
     * @return the source
     * @throws ElasticVisionException if there are none, or the folder cannot be read
     */
    static FrameSource folder(Path folder) {
        return of(ImageSearch.inFolder(folder).stream().map(ImageSource::of).toList());
    }

    /**
     * The frames of a video file, at the speed at which they are answered.
     *
     * @param file the file
     * @return the source
     * @throws ElasticVisionException as {@link VideoReader#open(Path)}
     */
    static FrameSource video(Path file) {
        return of(VideoReader.open(file));
    }

    /**
     * The pictures of a camera.
     *
     * @param number counted from 0
     * @return the source
     * @throws ElasticVisionException as {@link VideoReader#camera}
     */
    static FrameSource camera(int number) {
        return of(VideoReader.camera(number));
    }

    /**
     * The frames of an open video.
     *
     * @param video closed with the source
     * @return the source
     */
    static FrameSource of(VideoReader video) {
        Objects.requireNonNull(video, "video");
        return new FrameSource() {
            @Override
            public Optional<ImageSource> next() {
                return video.next();
            }

            @Override
            public void close() {
                video.close();
            }
        };
    }
}
