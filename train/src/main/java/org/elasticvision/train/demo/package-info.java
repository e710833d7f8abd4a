/** The demo: from nothing to trained, exported and tried models of all three tasks. */
@Internal
package org.elasticvision.train.demo;

import org.elasticvision.runtime.base.Internal;
