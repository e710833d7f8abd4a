/**
 * Explanations as one HTML page, without scripts or files from elsewhere: {@link org.elasticvision.runtime.explain.page.ExplainPage}, which
 * {@code elastic explain --report} writes.
 */
@Internal
package org.elasticvision.runtime.explain.page;

import org.elasticvision.runtime.base.Internal;
