/** What a check of a data set may find ({@code FindingKind}), how bad it is, and what was found ({@code Findings} collects it). */
@Internal
package org.elasticvision.train.check.finding;

import org.elasticvision.runtime.base.Internal;
