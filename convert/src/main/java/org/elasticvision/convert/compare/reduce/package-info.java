/**
 * Where two engines, precisions or forms of one network begin to differ, and the smallest sub-model that shows it. A {@link
 * org.elasticvision.convert.compare.reduce.Reduction} is what was found, {@link org.elasticvision.convert.compare.reduce.Reducer} finds it by
 * running sub-models in both; read that first. Called by {@code elastic verify --reduce}.
 */
@Internal
package org.elasticvision.convert.compare.reduce;

import org.elasticvision.runtime.base.Internal;
