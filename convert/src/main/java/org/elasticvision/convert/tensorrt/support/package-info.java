/**
 * Whether TensorRT takes a model, found out without TensorRT: any ONNX file against the published table of its ONNX parser.
 *
 * <p>{@link org.elasticvision.convert.tensorrt.support.SupportCheck} is the file to read first. It follows the types and ranks of
 * all values (package {@code inference}, by {@code onnx-outputs.tsv}: what ONNX's operators put out) and holds every node against
 * its line of {@code tensorrt-10.15.tsv}. Both tables say at their head what their words mean; a line without a meaning fails
 * when the table is read. A new version of TensorRT is a new table.
 */
@Internal
package org.elasticvision.convert.tensorrt.support;

import org.elasticvision.runtime.base.Internal;
