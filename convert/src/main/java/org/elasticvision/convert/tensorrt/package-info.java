/**
 * Builds TensorRT engines from ONNX models: all that is decided, and nothing that calls TensorRT, so that it can be tested where there
 * is no GPU.
 *
 * <p>{@link org.elasticvision.convert.tensorrt.EngineBuild} comes first: it looks at the model, makes a
 * {@link org.elasticvision.convert.tensorrt.BuildPlan}, has an {@link org.elasticvision.convert.tensorrt.EngineBuilder} build it (which
 * {@code convert.tensorrt.builder} is) and writes the engine with its description, both or neither.
 */
package org.elasticvision.convert.tensorrt;
