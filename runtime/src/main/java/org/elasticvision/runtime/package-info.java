/**
 * The API of a model: open a file, ask it about images. All that is public here is for applications; begin with {@link
 * org.elasticvision.runtime.Model}, or with {@link org.elasticvision.runtime.Classifier} and its two sisters where the task is
 * known.
 *
 * <pre>
 * Model.open(file, options)            chooses the class for the task that the file names
 *   ModelSession                       the open file: engine, preprocessing, buffers
 * model.predict(images)
 *   ModelSession.predictBatch          decode, preprocess, run: one batch after the other
 *   Classifier.read and its sisters    the output of one image becomes an answer (package answer)
 * </pre>
 *
 * <p>A model is a {@link org.elasticvision.runtime.Predictor}: that is what the packages {@code stream} (a camera or a video),
 * {@code batching} (many callers) and {@code evaluation} ask, and what a function of the caller's own can stand in for. {@link
 * org.elasticvision.runtime.Outcome} asks about a batch so that a bad image fails alone.
 *
 * <p>No type of ONNX Runtime, TensorRT or LibTorch appears here; OpenCV's {@code Mat} is accepted as an input.
 */
package org.elasticvision.runtime;
