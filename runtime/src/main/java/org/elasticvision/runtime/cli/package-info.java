/** The command line: {@code elastic} and the subcommands that every module adds through {@link java.util.ServiceLoader}. */
package org.elasticvision.runtime.cli;
