/**
 * What a pickle's values become: tensors' views on storages, numpy's numbers, and inert stand-ins for objects of any other class, which are
 * refused only where a weight would need one.
 */
@Internal
package org.elasticvision.convert.checkpoint.pickle.value;

import org.elasticvision.runtime.base.Internal;
