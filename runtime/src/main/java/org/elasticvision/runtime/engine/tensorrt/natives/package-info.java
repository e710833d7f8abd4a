/**
 * Calls of CUDA and TensorRT, and who frees what they make. For the engine above, which sees
 * {@link org.elasticvision.runtime.engine.tensorrt.natives.NativeEngine} only, and for the converter, which builds engines with the
 * same log and the same way to delete objects. Without a GPU most calls crash the JVM: {@link org.elasticvision.runtime.gpu} is asked
 * first, always.
 */
@Internal
package org.elasticvision.runtime.engine.tensorrt.natives;

import org.elasticvision.runtime.base.Internal;
