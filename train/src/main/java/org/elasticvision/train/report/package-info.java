/**
 * What the user sees of a training run: its metrics as files, curves, pictures with answers, and a page that holds
 * all.
 *
 * <p>What flows: after each epoch a record of metrics is appended to {@code metrics.csv} and {@code metrics.jsonl}; at
 * the end these are read again and become curves (PNG and SVG), validation images with their answers become pictures,
 * and {@code Report} puts everything into one HTML file that works offline.
 *
 * <p>Who calls: the run, at the end of an epoch and at its own end; the demo, for several runs on one page.
 *
 * <p>Where to begin: {@code Report}. It knows nothing of LibTorch: values and images come in, files go out.
 */
package org.elasticvision.train.report;
