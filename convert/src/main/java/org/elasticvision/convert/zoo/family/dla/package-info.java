/** DLA-X as published with Elastic: deep layer aggregation, as a classifier and, with DLA-Up, for segmentation. */
package org.elasticvision.convert.zoo.family.dla;
