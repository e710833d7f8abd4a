/**
 * What ONNX Runtime's providers for GPUs need of the machine, decided without ONNX Runtime's classes, so that all of it can be tried
 * where there is no GPU.
 */
@Internal
package org.elasticvision.runtime.engine.onnx.gpu;

import org.elasticvision.runtime.base.Internal;
