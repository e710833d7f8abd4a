/**
 * Runs a network on numbers: float32 in, float32 out, from any thread. The only package that knows ONNX Runtime.
 *
 * <p>Nothing native leaves it: callers hand in direct buffers of their own and read plain Java values.
 */
package org.elasticvision.runtime.engine;
