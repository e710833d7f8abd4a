/** The subcommands {@code models}, {@code convert} and {@code verify}. */
package org.elasticvision.convert.cli;
