/**
 * What the passes share: {@code GraphPass} is what each of them is, {@code ConvWeights} reads and replaces the weights of a
 * convolution, {@code NormScale} is what a BatchNorm does to each channel. Nothing here knows a pass.
 */
@Internal
package org.elasticvision.convert.onnx.pass.base;

import org.elasticvision.runtime.base.Internal;
