package org.elasticvision.runtime.metrics;

/**
 * In how many images a class was answered and present, answered though absent, and so on.
 *
 * @param truePositives answered and present
 * @param falsePositives answered and absent
 * @param falseNegatives not answered and present
 * @param trueNegatives not answered and absent
 */
public record ClassCounts(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {}
