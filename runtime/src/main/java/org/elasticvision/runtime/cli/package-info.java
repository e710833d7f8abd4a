/** The command line: {@code elastic} and the subcommands that every module adds through {@link java.util.ServiceLoader}. */
@Internal
package org.elasticvision.runtime.cli;

import org.elasticvision.runtime.base.Internal;
