/**
 * Requests of the Open Inference Protocol: {@code InferBody} splits the body into JSON and binary data, {@code InferJson} reads the
 * JSON into {@code RawInput}s, which become the tensors of an {@code InferRequest}. Nothing here knows models.
 */
@Internal
package org.elasticvision.samples.serve.v2.request;

import org.elasticvision.runtime.base.Internal;
