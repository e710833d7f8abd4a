/**
 * ONNX files on the processor, computed by oneDNN's kernels.
 *
 * <p>{@link org.elasticvision.runtime.engine.onednn.OneDnnEngineProvider} comes first. It opens a {@code OneDnnEngine}: the file's graph
 * becomes a {@link org.elasticvision.runtime.engine.onednn.network.Network network} of fused steps, and each {@code Lane}, a thread of
 * the engine's own, keeps {@link org.elasticvision.runtime.engine.onednn.natives.Plan plans} of it, one per size of batch.
 */
@Internal
package org.elasticvision.runtime.engine.onednn;

import org.elasticvision.runtime.base.Internal;
