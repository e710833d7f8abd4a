/** What comes of a run: the ONNX model, held against LibTorch, and the report with curves and predictions. */
package org.elasticvision.train.outcome;
