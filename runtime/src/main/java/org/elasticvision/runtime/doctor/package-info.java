/**
 * What this machine and this class path have of what ElasticVision can use, and how to get the rest. Every module brings its
 * {@link org.elasticvision.runtime.doctor.Checkup}s through {@link java.util.ServiceLoader}.
 */
package org.elasticvision.runtime.doctor;
