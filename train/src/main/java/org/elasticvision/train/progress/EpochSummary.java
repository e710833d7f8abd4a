package org.elasticvision.train.progress;

import java.time.Duration;

/**
 * How an epoch went.
 *
 * @param epoch from 1
 * @param epochs of the whole run
 * @param step updates so far
 * @param learningRates that the optimiser was given
 * @param training of the epoch
 * @param validation after the epoch
 * @param best whether no epoch before had a smaller validation error
 * @param took training and validation
 */
public record EpochSummary(
        int epoch,
        int epochs,
        long step,
        LearningRates learningRates,
        EpochFigures training,
        Scores validation,
        boolean best,
        Duration took) {}
