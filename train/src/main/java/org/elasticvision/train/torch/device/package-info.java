/**
 * LibTorch in this process: its libraries, its threads, the device and precision that it computes in, and the shield behind which
 * Java does not end in the middle of a call. Knows no network.
 */
package org.elasticvision.train.torch.device;
