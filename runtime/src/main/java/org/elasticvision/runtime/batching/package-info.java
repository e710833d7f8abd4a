/**
 * Many threads that each ask about one image, answered in batches: what a server needs where the model is on a GPU, or was
 * converted with a fixed batch. Elsewhere this is called dynamic batching; {@code elastic serve} is built on it. Begin with
 * {@link org.elasticvision.runtime.batching.DynamicBatcher}: {@code submit} puts a request into a bounded {@code RequestQueue},
 * and runner threads take batches from it when they are full or have waited long enough, ask the model, and complete the
 * futures.
 */
package org.elasticvision.runtime.batching;
