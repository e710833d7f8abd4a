package org.elasticvision.convert.tensorrt.support;

/** What is wrong with a node, and what to do about it; see {@link Refusal}. */
record Violation(String why, String remedy) {}
