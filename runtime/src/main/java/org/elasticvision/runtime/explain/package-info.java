/**
 * Why a network answers what it answers, read from values inside it: the scale policy of Elastic networks, class activation maps, and the
 * uncertainty of segmentations. Begin with {@link org.elasticvision.runtime.explain.Explainer}, which {@code elastic explain} calls.
 *
 * <p>It works on the ONNX file itself: {@code explain.graph} finds the values in the graph and makes a copy that gives them out, ONNX
 * Runtime runs that on the CPU ({@link org.elasticvision.runtime.engine.Probe}), and each image becomes an {@link
 * org.elasticvision.runtime.explain.Explanation}. {@link org.elasticvision.runtime.explain.PolicySurvey} puts the policies of a data set
 * together. {@code explain.picture} draws them, {@code explain.page} makes the report.
 */
package org.elasticvision.runtime.explain;
