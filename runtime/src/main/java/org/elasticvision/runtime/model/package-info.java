/**
 * What a model file says of itself: task, labels, preprocessing, architecture, precision, origin.
 *
 * <p>What flows: {@code convert} writes these values as metadata entries of an ONNX file, or as a JSON file beside a
 * TensorRT engine; {@code ModelInfo} reads and checks them when a model is opened. Nobody types a mean or an image
 * size by hand.
 *
 * <p>Who calls: engines read {@code ModelInfo}; the preprocessing follows {@code Preprocessing}; answers name {@code
 * Label}s; the other modules write the same values.
 *
 * <p>Where to begin: {@code ModelInfo}, then {@code Preprocessing} and {@code Task}. {@code Labels} reads lists of
 * names in the forms that people have. All are immutable values that check themselves.
 */
package org.elasticvision.runtime.model;
