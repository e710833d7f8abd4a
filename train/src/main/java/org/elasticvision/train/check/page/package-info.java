/** The result of a check as a self-contained page, with pictures of each class. {@code CheckPage}; {@code elastic check --report} writes it. */
@Internal
package org.elasticvision.train.check.page;

import org.elasticvision.runtime.base.Internal;
