/** The commands that train. */
package org.elasticvision.train.cli;
