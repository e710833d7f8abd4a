/** What the processor has: its physical cores and the instructions that matter to networks. */
package org.elasticvision.runtime.cpu;
