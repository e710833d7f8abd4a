/**
 * What is kept of a training run, and what a run starts from: checkpoints with the published keys, which Python reads, and the
 * transfer of another network's weights. Nothing here is native.
 */
package org.elasticvision.train.checkpoint;
