/** DenseNet as published with Elastic, and torchvision's. */
package org.elasticvision.convert.zoo.family.densenet;
