/**
 * Rewrites of ONNX graphs, each exact in real numbers, a class each.
 *
 * <p>Read {@link org.elasticvision.convert.onnx.pass.Passes} first: it lists what is run for each purpose, in order. Nobody
 * outside names a single pass. {@code OnnxExporter} runs {@code EXPORT}, {@code Conversion} {@code FP16}, quantization the
 * others. A pass changes the graph in place and leaves it sound: values made before they are used, no initializer without a
 * user, types that fit. Where assertions are enabled, as in tests, {@code PassPipeline} checks that after each.
 *
 * <p>The passes for int8 are in {@code int8}; what all share, {@code GraphPass} above all, is in {@code base}.
 */
@Internal
package org.elasticvision.convert.onnx.pass;

import org.elasticvision.runtime.base.Internal;
