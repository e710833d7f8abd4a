/** Files of ONNX Runtime's, read and kept without its library: the profiler's output, and the folder of optimised models. */
@Internal
package org.elasticvision.runtime.engine.onnx.file;

import org.elasticvision.runtime.base.Internal;
