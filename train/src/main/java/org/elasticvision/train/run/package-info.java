/** A training run from the data to the exported model: the loop, its state, its measures, how it is stopped and resumed. */
package org.elasticvision.train.run;
