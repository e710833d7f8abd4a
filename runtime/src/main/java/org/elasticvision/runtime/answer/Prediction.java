package org.elasticvision.runtime.answer;

/** What a model answers about one image. Immutable. */
public sealed interface Prediction permits Classification, LabelSet, Segmentation {}
