/** A benchmark's result as an HTML page of one file, without scripts from elsewhere. */
@Internal
package org.elasticvision.runtime.benchmark.page;

import org.elasticvision.runtime.base.Internal;
