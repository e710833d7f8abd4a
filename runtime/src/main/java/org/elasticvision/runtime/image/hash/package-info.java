/** What pictures look like as a number, by which copies of one picture are found. {@code elastic check} asks. */
@Internal
package org.elasticvision.runtime.image.hash;

import org.elasticvision.runtime.base.Internal;
