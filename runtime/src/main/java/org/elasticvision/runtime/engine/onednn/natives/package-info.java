/**
 * oneDNN; the only package that knows its classes.
 *
 * <p>{@link org.elasticvision.runtime.engine.onednn.natives.OneDnn} loads the library and says what it can do.
 * {@link org.elasticvision.runtime.engine.onednn.natives.Plan} is a network made ready for one size of batch: {@code PlanBuilder} makes a
 * primitive of each step, {@code Arena} gives the values between them places in one block of memory, and
 * {@link org.elasticvision.runtime.engine.onednn.natives.PackedWeights} keeps the weights as the primitives want them.
 */
@Internal
package org.elasticvision.runtime.engine.onednn.natives;

import org.elasticvision.runtime.base.Internal;
