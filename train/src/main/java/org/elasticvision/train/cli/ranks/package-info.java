/** Training in several processes, as the command line starts them or finds itself started. */
package org.elasticvision.train.cli.ranks;
