/** How fast a model answers: a load of callers that ask it, and what they find. */
@Internal
package org.elasticvision.runtime.benchmark;

import org.elasticvision.runtime.base.Internal;
