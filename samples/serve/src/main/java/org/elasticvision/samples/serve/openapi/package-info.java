/**
 * The description of the APIs: {@code OpenApi} has the OpenAPI document, which is a resource, and {@code OpenApiPage} makes a page of
 * it. A test holds it against the routes.
 */
@Internal
package org.elasticvision.samples.serve.openapi;

import org.elasticvision.runtime.base.Internal;
