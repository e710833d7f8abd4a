/**
 * Turns PyTorch checkpoints into ONNX files, and checks the result.
 *
 * <p>What flows: a {@code Checkpoint} is recognised ({@code Recognition}: which of its weights are the network's,
 * which architecture and task they fit), its own entry or the published defaults give labels and preprocessing, the
 * exporter writes the network with these weights, optionally in fp16, and the file gets its metadata.
 *
 * <p>Who calls: {@code elastic convert} and {@code verify}, the export at the end of a training run, and applications.
 *
 * <p>Where to begin: {@code Conversion.convert}, which reads like this text; then {@code Recognition}. {@code
 * Verification} compares a model with the checkpoint's network written without optimization; {@code ModelEntry} is
 * what a checkpoint of ours says of its model.
 */
package org.elasticvision.convert;
