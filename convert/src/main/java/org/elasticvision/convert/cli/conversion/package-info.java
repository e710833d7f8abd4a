/**
 * What {@code elastic convert} does beyond one conversion: names for models, and several checkpoints in one call. Called by the
 * command; begin at {@link org.elasticvision.convert.cli.conversion.SeveralCheckpoints}.
 */
@Internal
package org.elasticvision.convert.cli.conversion;

import org.elasticvision.runtime.base.Internal;
