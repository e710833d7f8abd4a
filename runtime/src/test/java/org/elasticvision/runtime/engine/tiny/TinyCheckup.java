package org.elasticvision.runtime.engine.tiny;

import java.util.List;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;

/** Runs in a process of its own, though its library is Java: as those of native libraries do. */
final class TinyCheckup implements Checkup {
    @Override
    public String name() {
        return "Tiny";
    }

    @Override
    public int order() {
        return 35;
    }

    @Override
    public boolean isolated() {
        return true;
    }

    @Override
    public List<Finding> examine() {
        return List.of(Finding.ok(name()).withVersion("7.5"));
    }
}
