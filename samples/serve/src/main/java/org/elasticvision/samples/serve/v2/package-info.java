/**
 * The API under {@code /v2}: the Open Inference Protocol (KServe v2) over REST, with the extension for binary tensors.
 *
 * <p>What flows: a request is read in the package {@code request} into an {@code
 * InferRequest}, {@code InferEndpoint} runs it, {@code InferReply} writes its tensors. Begin with {@code InferEndpoint}.
 *
 * <p>Source: the protocol's {@code open_inference_rest.yaml} and KServe's and Triton's description of {@code binary_tensor_data}.
 */
@Internal
package org.elasticvision.samples.serve.v2;

import org.elasticvision.runtime.base.Internal;
