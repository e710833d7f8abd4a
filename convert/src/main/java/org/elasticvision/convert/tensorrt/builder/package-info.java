/**
 * TensorRT's builder and its ONNX parser; the only package of this module that knows TensorRT and CUDA.
 * {@link org.elasticvision.convert.tensorrt.builder.TensorRtBuilder} comes first: it does what a plan says, then opens what it built
 * ({@code EngineTrial}) before that replaces another. Why TensorRT gave up is put into words by {@code BuildFailure} and
 * {@code ParserProblem}.
 */
@Internal
package org.elasticvision.convert.tensorrt.builder;

import org.elasticvision.runtime.base.Internal;
