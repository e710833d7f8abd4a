/**
 * What self-contained pages share: their style sheet, pictures and texts within the page ({@code Html}). Who calls: the report of a training
 * run and that of an evaluation.
 */
@Internal
package org.elasticvision.runtime.report;

import org.elasticvision.runtime.base.Internal;
