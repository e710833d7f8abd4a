/**
 * What the parts that use an NVIDIA GPU need of the machine: which libraries, what brings each, and for which GPUs they have
 * code. Tables are resources of this package; it knows none of the parts themselves.
 */
package org.elasticvision.runtime.gpu;
