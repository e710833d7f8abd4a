/** Training with LibTorch: the third interpreter of the zoo, data loading, recipes. Nothing is here yet. */
package org.elasticvision.train;
