/** Models in other precisions than the float32 that networks are trained in. */
package org.elasticvision.convert.precision;
