/**
 * The provider {@code auto}: {@link org.elasticvision.runtime.engine.auto.AutoEngineProvider} opens a model in the engine for processors that
 * is the fastest for it by the table of {@link org.elasticvision.runtime.engine.choice}, and in ONNX Runtime where that engine cannot.
 */
@Internal
package org.elasticvision.runtime.engine.auto;

import org.elasticvision.runtime.base.Internal;
