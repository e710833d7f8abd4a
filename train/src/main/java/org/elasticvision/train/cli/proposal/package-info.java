/** What {@code elastic train} adds to a command line that leaves things out. */
@Internal
package org.elasticvision.train.cli.proposal;

import org.elasticvision.runtime.base.Internal;
