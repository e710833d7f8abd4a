/**
 * Sub-models of ONNX files of any kind: a part of a network as a model of its own. Begin at {@link
 * org.elasticvision.convert.onnx.extract.ModelParts}, which reads a file and cuts out of it what a value needs; a {@link
 * org.elasticvision.convert.onnx.extract.SubModel} is such a part and writes itself. Called by {@code elastic extract} and by the search for the
 * smallest part in which two engines differ.
 */
@Internal
package org.elasticvision.convert.onnx.extract;

import org.elasticvision.runtime.base.Internal;
