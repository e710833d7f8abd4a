/**
 * What {@code elastic compare} measures of each model and engine, and the table in its three forms. Called by the command; begin at
 * {@link org.elasticvision.convert.cli.comparison.MeasuredModel}.
 */
@Internal
package org.elasticvision.convert.cli.comparison;

import org.elasticvision.runtime.base.Internal;
