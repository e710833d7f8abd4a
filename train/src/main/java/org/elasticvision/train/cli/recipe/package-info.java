/** Options of {@code elastic train} about how a network learns. */
@Internal
package org.elasticvision.train.cli.recipe;

import org.elasticvision.runtime.base.Internal;
