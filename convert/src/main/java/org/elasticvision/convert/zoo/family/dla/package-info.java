/** DLA-X as published with Elastic: deep layer aggregation, as a classifier and, with DLA-Up, for segmentation. */
@Internal
package org.elasticvision.convert.zoo.family.dla;

import org.elasticvision.runtime.base.Internal;
