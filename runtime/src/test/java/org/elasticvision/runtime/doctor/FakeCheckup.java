package org.elasticvision.runtime.doctor;

import java.util.List;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;

/** Finds what the test wants. Its subclasses that have a constructor without parameters can run in a process of their own. */
class FakeCheckup implements Checkup {
    private final String name;
    private final int order;
    private final boolean isolated;

    FakeCheckup(String name, int order, boolean isolated) {
        this.name = name;
        this.order = order;
        this.isolated = isolated;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int order() {
        return order;
    }

    @Override
    public boolean isolated() {
        return isolated;
    }

    @Override
    public List<Finding> examine() {
        return List.of(Finding.ok(name));
    }
}
