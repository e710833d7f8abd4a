/** Parts that networks of more than one family are built of. */
package org.elasticvision.convert.zoo.family.block;
