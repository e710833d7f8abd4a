/** Two models of one network beside each other: how far the one in fewer bits is from the other, as a whole and layer by layer. */
package org.elasticvision.convert.compare;
