/** ResNeXt and SE-ResNeXt as published with Elastic, ordinary ones of torchvision and timm, and small ones. */
@Internal
package org.elasticvision.convert.zoo.family.resnext;

import org.elasticvision.runtime.base.Internal;
