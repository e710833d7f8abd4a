/** How a run is asked to end after its current step, and what signals of the operating system do. */
package org.elasticvision.train.stop;
