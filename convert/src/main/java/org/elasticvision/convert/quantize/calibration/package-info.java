/**
 * Which range of values 8 bits are to tell apart. {@link org.elasticvision.convert.quantize.calibration.CalibrationRun} runs the
 * float32 model on images with its inner values as outputs and fills a {@code Histogram} of each; together they are a {@link
 * org.elasticvision.convert.quantize.calibration.Calibration}, which a cache keeps; a {@link
 * org.elasticvision.convert.quantize.calibration.Calibrator} chooses a range from a histogram. Called by {@code Quantization}
 * and, for the cache, by the command. A new way to choose is a constant of {@code Calibrator}.
 */
package org.elasticvision.convert.quantize.calibration;
