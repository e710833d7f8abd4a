/** Training with LibTorch: the third interpreter of the zoo, data loading, recipes. Read {@code run.Training} first. */
package org.elasticvision.train;
