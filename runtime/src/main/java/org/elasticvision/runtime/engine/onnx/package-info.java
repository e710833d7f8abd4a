/**
 * ONNX Runtime; the only package that knows its classes.
 *
 * <p>{@link org.elasticvision.runtime.engine.onnx.OnnxEngineProvider} comes first. It opens an {@code OnnxEngine} (answers), an
 * {@code OnnxProbe} (values on the way) or an {@code OnnxProfiler} (times), each over a session that {@code OnnxSessions} makes: the
 * measured settings, then an {@code ExecutionProvider} (the CPU, CUDA, TensorRT, a plug-in) puts the session where it is to run, or refuses.
 * {@code OptimizedModels} keeps what ONNX Runtime makes of a model for the next time. What its exceptions mean is in
 * {@code failure.OnnxFailures}. A further execution provider is a class and a line in the list of the provider.
 */
@Internal
package org.elasticvision.runtime.engine.onnx;

import org.elasticvision.runtime.base.Internal;
