/** Batches of a data set, epoch by epoch, decoded by several threads ahead of their use, in an order that the seed says. */
package org.elasticvision.train.data.loading;
