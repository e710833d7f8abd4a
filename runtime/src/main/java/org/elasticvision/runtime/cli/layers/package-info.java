/** How {@code elastic inspect --layers} prints the layers of a graph. Called by the command. */
@Internal
package org.elasticvision.runtime.cli.layers;

import org.elasticvision.runtime.base.Internal;
