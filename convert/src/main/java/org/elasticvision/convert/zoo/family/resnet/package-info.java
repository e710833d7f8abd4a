/**
 * ResNet as in torchvision, for all tasks. Its layers have torchvision's names, so that torchvision's state dicts, and those of
 * timm whose names are the same, convert as they are, as do those whose head is called {@code last_linear}.
 */
@Internal
package org.elasticvision.convert.zoo.family.resnet;

import org.elasticvision.runtime.base.Internal;
