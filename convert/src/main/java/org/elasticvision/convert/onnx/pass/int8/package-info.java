/**
 * The passes that bring a graph into the form that is fast once it is quantized. {@code Passes} of the package above lists them
 * by target: {@code INT8_CPU}, {@code INT8_TENSORRT}. Each says in its first lines what the target lacks or does slowly.
 */
@Internal
package org.elasticvision.convert.onnx.pass.int8;

import org.elasticvision.runtime.base.Internal;
