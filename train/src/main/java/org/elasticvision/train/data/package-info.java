/** What networks are trained on: data sets, augmentation, and batches that are ready before a step needs them. */
package org.elasticvision.train.data;
