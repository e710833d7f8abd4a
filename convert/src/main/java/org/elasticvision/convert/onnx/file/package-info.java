/**
 * From an ONNX file, and the files beside it that hold its weights, to the messages that it consists of. Who reads graphs begins at {@link
 * org.elasticvision.convert.onnx.file.ProtoReader}.
 */
@Internal
package org.elasticvision.convert.onnx.file;

import org.elasticvision.runtime.base.Internal;
