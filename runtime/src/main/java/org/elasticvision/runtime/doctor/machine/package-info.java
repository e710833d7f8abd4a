/**
 * What is looked at whatever runs the networks: system, processor, memory, folders, what reads images, NVIDIA's driver and GPUs.
 * {@link org.elasticvision.runtime.doctor.machine.MachineCheckups} lists them.
 */
@Internal
package org.elasticvision.runtime.doctor.machine;

import org.elasticvision.runtime.base.Internal;
