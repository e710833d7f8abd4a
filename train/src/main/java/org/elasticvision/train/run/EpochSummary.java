package org.elasticvision.train.run;

import java.time.Duration;

/**
 * How an epoch went.
 *
 * @param epoch from 1
 * @param epochs of the whole run
 * @param step updates so far
 * @param learningRates that the optimiser was given
 * @param trainLoss mean over the epoch's images
 * @param trainError in percent: wrong answers; for label sets 100 − F1
 * @param validation after the epoch
 * @param best whether no epoch before had a smaller validation error
 * @param imagesPerSecond trained, waiting for data included, validation not
 * @param waited for data
 * @param took training and validation
 */
public record EpochSummary(
        int epoch,
        int epochs,
        long step,
        LearningRates learningRates,
        double trainLoss,
        double trainError,
        Scores validation,
        boolean best,
        double imagesPerSecond,
        Duration waited,
        Duration took) {}
