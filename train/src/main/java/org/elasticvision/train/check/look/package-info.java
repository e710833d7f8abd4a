/** What one image says when it is read as training reads it: its size, how it is stored, what it looks like. {@code ImageLook} reads. */
@Internal
package org.elasticvision.train.check.look;

import org.elasticvision.runtime.base.Internal;
