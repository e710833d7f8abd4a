/**
 * {@code elastic serve}: a small HTTP service over the runtime, with a page. Each request is one image; what the endpoints
 * are is in {@link org.elasticvision.samples.serve.Routes}.
 */
package org.elasticvision.samples.serve;
