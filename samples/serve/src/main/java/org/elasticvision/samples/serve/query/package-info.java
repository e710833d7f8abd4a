/** What a request wants to know, from the query of its URL. */
@Internal
package org.elasticvision.samples.serve.query;

import org.elasticvision.runtime.base.Internal;
