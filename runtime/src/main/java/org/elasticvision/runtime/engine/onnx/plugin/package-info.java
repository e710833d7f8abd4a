/**
 * Plug-ins of ONNX Runtime, decided without its classes: which device is taken ({@code DeviceChoice}), in which words a plug-in is told
 * threads and precision ({@code PluginDialect}), and whether it does what it was asked ({@code PluginCheck}). So all of it can be tried
 * without a plug-in.
 */
@Internal
package org.elasticvision.runtime.engine.onnx.plugin;

import org.elasticvision.runtime.base.Internal;
