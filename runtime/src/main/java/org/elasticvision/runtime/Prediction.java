package org.elasticvision.runtime;

/** What a model answers about one image. Immutable. */
public sealed interface Prediction permits Classification, LabelSet, Segmentation {}
