/** What a person sees of a run on the command line, from its first line to its report. */
package org.elasticvision.train.cli.progress;
