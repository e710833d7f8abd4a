/** Requests in and replies out: limits, deadlines, origins and errors as JSON. Nothing here knows models. */
@Internal
package org.elasticvision.samples.serve.http;

import org.elasticvision.runtime.base.Internal;
