package org.elasticvision.runtime.stream;

import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.elasticvision.runtime.base.ImageException;

/**
 * Gets the answers of a stream, in the order of the frames, always by the same thread. What it throws stops the stream and
 * comes out of {@link FrameStream#await()}.
 */
@FunctionalInterface
public interface FrameConsumer<A> {

    /**
     * Takes an answer. While this runs the next frames are worked on, but not many: it holds back the stream.
     *
     * @param answer the answer, with its frame
     */
    void accept(FrameAnswer<A> answer);

    /**
     * Takes a frame that is not a usable image, in its turn. Unless overridden this throws the failure, so the stream
     * stops.
     *
     * @param frame the frame that is not a usable image
     * @param failure why it is not a usable image
     */
    default void failed(Frame frame, ImageException failure) {
        throw failure;
    }

    /**
     * One that goes on after frames that are not usable images.
     *
     * @param <A> the answer about one image
     * @param answers gets the answers
     * @param failures gets the frames that are not usable images, and why
     * @return the consumer
     */
    static <A> FrameConsumer<A> of(
            Consumer<? super FrameAnswer<A>> answers, BiConsumer<? super Frame, ? super ImageException> failures) {
        Objects.requireNonNull(answers, "answers");
        Objects.requireNonNull(failures, "failures");
        return new FrameConsumer<>() {
            @Override
            public void accept(FrameAnswer<A> answer) {
                answers.accept(answer);
            }

            @Override
            public void failed(Frame frame, ImageException failure) {
                failures.accept(frame, failure);
            }
        };
    }
}
