/** ResNeXt and SE-ResNeXt as published with Elastic, ordinary ones of torchvision and timm, and small ones. */
package org.elasticvision.convert.zoo.family.resnext;
