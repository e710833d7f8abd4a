/**
 * What this machine and this class path have of what ElasticVision can use, and how to get the rest.
 *
 * <p>{@link org.elasticvision.runtime.doctor.Doctor} comes first: it collects the checkups of the machine, of the engines and of the
 * modules on the class path, and runs them, a few at a time. Checkups that load native libraries run in a Java process of their own
 * ({@code CheckupProcess} starts {@code CheckupMain}, whose findings come back as JSON), so that a library that crashes or hangs
 * becomes a finding too. {@code elastic doctor} prints what comes out.
 */
@Internal
package org.elasticvision.runtime.doctor;

import org.elasticvision.runtime.base.Internal;
