/**
 * TensorRT, which runs the engine files that {@code elastic build-engine} writes.
 *
 * <p>{@link org.elasticvision.runtime.engine.tensorrt.TensorRtEngineProvider} comes first, then {@code TensorRtEngine}: it has
 * {@code EngineCheck} look whether the file can run here, without touching TensorRT, then loads it through {@code Platform} and lends
 * its few execution contexts to the threads that call. Tests put a fake in the place of {@code Platform}; the real one is a door to
 * {@code engine.tensorrt.natives}. What lies beside an engine file is in {@code engine.tensorrt.file}.
 */
@Internal
package org.elasticvision.runtime.engine.tensorrt;

import org.elasticvision.runtime.base.Internal;
