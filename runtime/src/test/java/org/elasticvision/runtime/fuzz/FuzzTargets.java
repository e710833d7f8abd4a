package org.elasticvision.runtime.fuzz;

import java.util.List;

/** The readers of a module; a service, so that ci/fuzz finds those of all modules. */
public interface FuzzTargets {
    /** All targets, each with a name of its own. */
    List<FuzzTarget> all();
}
