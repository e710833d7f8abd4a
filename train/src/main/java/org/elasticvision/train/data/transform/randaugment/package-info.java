/** RandAugment and its operations on 8-bit images, as torchvision over Pillow does them, to the bit. */
package org.elasticvision.train.data.transform.randaugment;
