package org.elasticvision.train.data.mixing;

import java.util.random.RandomGenerator;

/**
 * The distribution Beta(alpha, alpha) on 0..1, from which MixUp and CutMix draw the share of an image: mostly near 0 and 1 for a small alpha, uniform
 * for 1, near a half for a large one.
 *
 * @param alpha above 0
 */
record SymmetricBeta(double alpha) {
    /**
     * Draws a number, by two uniform ones and without rejection: Student's t with 2 alpha degrees of freedom in polar form (Bailey 1994), as (1 + t /
     * √(2 alpha + t²)) / 2 is distributed so (Devroye 1996). {@code StrictMath}: the same numbers on every machine.
     *
     * @return a float32 number, as PyTorch's are
     */
    double sample(RandomGenerator random) {
        double uniform = 1 - random.nextDouble(); // not 0
        double cosine = StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
        double square = StrictMath.expm1(-StrictMath.log(uniform) / alpha)
                * cosine
                * cosine; // t² / (2 alpha), perhaps infinite
        double part = 1 / (1 + square);
        double smaller = part / (1 + Math.sqrt(1 - part)) / 2; // (1 - √(1 - part)) / 2, without cancellation
        return (float) (cosine < 0 ? smaller : 1 - smaller);
    }
}
