/** The subcommands {@code models}, {@code convert}, {@code verify}, {@code compare}, {@code extract}, {@code quantize} and {@code build-engine}. */
@Internal
package org.elasticvision.convert.cli;

import org.elasticvision.runtime.base.Internal;
