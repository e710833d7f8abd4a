/** From a decoded image, and its mask, to the input of a network: as published for evaluation, or varied to learn from. */
package org.elasticvision.train.data.transform;
