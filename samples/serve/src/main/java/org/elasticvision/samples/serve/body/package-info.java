/**
 * Bodies of requests: {@code BodyReader} reads one as it comes, {@code BodyForm} says what an endpoint takes. Nothing here knows models.
 */
@Internal
package org.elasticvision.samples.serve.body;

import org.elasticvision.runtime.base.Internal;
