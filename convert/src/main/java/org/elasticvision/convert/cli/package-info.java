/** The subcommands {@code models}, {@code convert}, {@code verify}, {@code quantize} and {@code build-engine}. */
package org.elasticvision.convert.cli;
