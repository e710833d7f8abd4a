/** Turns PyTorch checkpoints of the published Elastic networks into ONNX files. */
package org.elasticvision.convert;
