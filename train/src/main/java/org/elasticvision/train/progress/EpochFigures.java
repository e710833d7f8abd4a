package org.elasticvision.train.progress;

import java.time.Duration;

/**
 * How training has gone in an epoch, or in what is done of it.
 *
 * @param loss mean over the images
 * @param error in percent: wrong answers; for label sets 100 − F1
 * @param imagesPerSecond waiting for data included, validation not
 * @param time training alone
 * @param waited for data
 */
public record EpochFigures(double loss, double error, double imagesPerSecond, Duration time, Duration waited) {}
