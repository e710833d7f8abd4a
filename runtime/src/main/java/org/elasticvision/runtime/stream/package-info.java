/**
 * Streams of frames through a model: a camera, a video file, a folder or anything else that gives images one after the
 * other. Reading, decoding, inference and what is done with the answers overlap; memory is bounded.
 *
 * <pre>{@code
 * try (Segmenter model = Segmenter.open(Path.of("model.onnx"));
 *         FrameSource camera = FrameSource.camera(0);
 *         FrameStream stream =
 *                 FrameStream.start(model, camera, StreamOptions.newestFrame(), answer -> show(answer))) {
 *     System.in.read(); // until Enter is pressed
 * }
 * }</pre>
 *
 * <p>Begin with {@link org.elasticvision.runtime.stream.FrameStream}. A reader thread puts frames from the {@link
 * org.elasticvision.runtime.stream.FrameSource} into a {@code FrameQueue}, which waits or drops as the {@link
 * org.elasticvision.runtime.stream.FramePolicy} says; lanes take {@code FrameBatch}es from it and ask the model; {@code InFlight}
 * keeps them in order for the one thread that calls the {@link org.elasticvision.runtime.stream.FrameConsumer}.
 */
package org.elasticvision.runtime.stream;
