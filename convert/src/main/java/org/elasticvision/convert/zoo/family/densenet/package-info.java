/** DenseNet as published with Elastic, and torchvision's. */
@Internal
package org.elasticvision.convert.zoo.family.densenet;

import org.elasticvision.runtime.base.Internal;
