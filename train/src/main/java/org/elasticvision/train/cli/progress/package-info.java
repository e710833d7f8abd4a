/** What a person sees of a run on the command line, from its first line to its report. */
@Internal
package org.elasticvision.train.cli.progress;

import org.elasticvision.runtime.base.Internal;
