/** How {@code elastic check} prints what it found: {@code CheckText} and {@code CheckJson}. */
@Internal
package org.elasticvision.train.cli.check;

import org.elasticvision.runtime.base.Internal;
