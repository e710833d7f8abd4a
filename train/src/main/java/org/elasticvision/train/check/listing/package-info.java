/** The images of a data set and what is said of each, in every layout that training reads, faults included. Start at {@code ListedImages}. */
@Internal
package org.elasticvision.train.check.listing;

import org.elasticvision.runtime.base.Internal;
