/** Work on many things by several threads, the results in order ({@code OrderedWorkers}): predictions and checks of data sets use it. */
@Internal
package org.elasticvision.runtime.concurrent.workers;

import org.elasticvision.runtime.base.Internal;
