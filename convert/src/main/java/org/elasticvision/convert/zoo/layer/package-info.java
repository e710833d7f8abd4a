/** Layers with weights, as declarations: hyperparameters and the tensors of the state dict that belong to them. */
package org.elasticvision.convert.zoo.layer;
