/** How networks are trained: learning rates, parameter groups, initial weights, with the published values as defaults. */
package org.elasticvision.train.recipe;
