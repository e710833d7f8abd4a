package org.elasticvision.runtime.doctor.machine;

import java.util.List;
import org.elasticvision.runtime.doctor.checkup.Checkup;

/** What is looked at whatever runs the networks: the machine, its GPUs, and what reads images. */
public final class MachineCheckups {
    private MachineCheckups() {}

    /** {@return new checkups, in no order} */
    public static List<Checkup> all() {
        return List.of(
                new SystemCheckup(),
                new ProcessorCheckup(),
                new OpenCvCheckup(),
                new CudaCheckup(),
                new CudnnCheckup(),
                new FolderCheckup());
    }
}
