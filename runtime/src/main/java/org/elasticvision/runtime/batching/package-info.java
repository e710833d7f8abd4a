/**
 * Many threads that each ask about one image, answered in batches: what a server needs where the model is on a GPU, or was
 * converted with a fixed batch.
 */
package org.elasticvision.runtime.batching;
