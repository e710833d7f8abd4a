/** How many nodes of which kind an ONNX file has, counted without reading its graph into memory. */
@Internal
package org.elasticvision.runtime.onnx.census;

import org.elasticvision.runtime.base.Internal;
