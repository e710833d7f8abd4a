package org.elasticvision.runtime.doctor.checkup;

import java.util.List;

/**
 * Looks at one thing that ElasticVision uses. A public class with a public constructor without parameters, named in
 * {@code META-INF/services/org.elasticvision.runtime.doctor.checkup.Checkup} of its module.
 */
public interface Checkup {
    /** {@return what is checked; names the finding where the checkup itself fails} */
    String name();

    /** {@return where its findings stand: lower first} */
    int order();

    /**
     * Whether it loads native libraries. Such a checkup runs in a Java process of its own, which may crash or hang: an object
     * of the same class is made there.
     *
     * @return whether it is to be run in a process of its own
     */
    boolean isolated();

    /**
     * Looks. Whatever it throws becomes one broken finding. It may find nothing where the thing cannot be, as CUDA on
     * macOS.
     *
     * @return what was found
     */
    List<Finding> examine();
}
