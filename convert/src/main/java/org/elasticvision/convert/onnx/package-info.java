/**
 * From a network and its weights to an ONNX file, and from files back to graphs. This package, {@code file} and {@code extract} are the only
 * ones that know protobuf.
 *
 * <p>What flows: {@link org.elasticvision.convert.onnx.OnnxExporter} runs a network of the zoo over {@code OnnxOps}, which makes
 * a {@link org.elasticvision.convert.onnx.graph.Graph} of it, and has {@code Passes.EXPORT} simplify that; an {@link
 * org.elasticvision.convert.onnx.OnnxModel} is such a graph with its metadata, and writes it ({@code OnnxWriter}) and reads it
 * ({@code OnnxReader}). An {@link org.elasticvision.convert.onnx.OnnxView} is what any file holds, read only. Both readers start
 * from {@code ViewReader}, where messages become nodes and attributes. Called by {@code Conversion}, quantization, comparison and
 * the check for TensorRT.
 *
 * <p>Read {@code OnnxExporter} first. {@code file.ExternalData} reads weights that lie beside a file; the runtime, which does without
 * protobuf, only needs the names of those files and walks the bytes itself ({@code ModelContent}). They share the check that the
 * files are there, no more: what they read and what they read it with differ.
 */
package org.elasticvision.convert.onnx;
