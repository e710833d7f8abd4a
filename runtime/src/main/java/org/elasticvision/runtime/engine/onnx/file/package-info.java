/**
 * Files of ONNX's and ONNX Runtime's, read and kept without its library: whether a file is ONNX and which others belong to it
 * ({@link org.elasticvision.runtime.engine.onnx.file.ModelContent}, which the converter uses too), the profiler's output, and the
 * folder of optimised models.
 */
@Internal
package org.elasticvision.runtime.engine.onnx.file;

import org.elasticvision.runtime.base.Internal;
