/**
 * What a checkup is and finds, for who writes one: {@link org.elasticvision.runtime.doctor.checkup.Checkup} first. Engines hand theirs
 * out by {@link org.elasticvision.runtime.engine.EngineProvider#checkups()}, modules by {@link java.util.ServiceLoader}. Remedies and
 * versions are here so that all say them in the same words.
 */
package org.elasticvision.runtime.doctor.checkup;
