/**
 * What the user sees of a training run: its metrics as files, curves, pictures with answers, and a page that holds all.
 */
package org.elasticvision.train.report;
