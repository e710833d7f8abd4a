/**
 * Plug-ins of ONNX Runtime: libraries by others that run its models, such as OpenVINO's. What is asked of one is in
 * {@link org.elasticvision.runtime.engine.plugin.PluginOptions}, what it was seen to do in
 * {@link org.elasticvision.runtime.engine.plugin.Observation}; {@link org.elasticvision.runtime.engine.plugin.PluginSearch} finds
 * their libraries by name, {@link org.elasticvision.runtime.engine.plugin.PluginStore} unpacks the packages that they come in. Nothing
 * here loads a library.
 */
package org.elasticvision.runtime.engine.plugin;
