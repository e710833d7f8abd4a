/**
 * Streams of frames through a model: a camera, a video file, a folder or anything else that gives images one after the
 * other. Reading, decoding, inference and what is done with the answers overlap; memory is bounded.
 *
 * <pre>{@code
 * try (Segmenter model = Segmenter.open(Path.of("model.onnx"));
 *         FrameSource camera = FrameSource.camera(0);
 *         FrameStream stream = FrameStream.start(
 *                 model, camera, StreamOptions.newestFrame(), answer -> show(answer))) {
 *     System.in.read(); // until Enter is pressed
 * }
 * }</pre>
 */
package org.elasticvision.runtime.stream;
