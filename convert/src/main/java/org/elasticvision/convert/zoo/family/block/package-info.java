/** Parts that networks of more than one family are built of. */
@Internal
package org.elasticvision.convert.zoo.family.block;

import org.elasticvision.runtime.base.Internal;
