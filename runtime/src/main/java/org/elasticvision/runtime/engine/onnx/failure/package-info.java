/** What ONNX Runtime's exceptions mean, in words that help. */
@Internal
package org.elasticvision.runtime.engine.onnx.failure;

import org.elasticvision.runtime.base.Internal;
