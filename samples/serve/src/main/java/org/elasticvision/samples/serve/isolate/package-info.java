/**
 * Decoding in processes of their own, so that a file that ends a decoder does not end the server: {@code DecoderPool} hands files to {@code
 * DecoderProcess}es, in which {@code DecoderMain} runs; {@code DecoderMessages} is what they say to each other.
 */
@Internal
package org.elasticvision.samples.serve.isolate;

import org.elasticvision.runtime.base.Internal;
