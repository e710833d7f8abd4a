/**
 * What {@code elastic predict} is given, {@code InputImages}, and what it writes besides the answers it prints. Begin with {@code PredictionOutputs}.
 */
@Internal
package org.elasticvision.runtime.cli.prediction;

import org.elasticvision.runtime.base.Internal;
