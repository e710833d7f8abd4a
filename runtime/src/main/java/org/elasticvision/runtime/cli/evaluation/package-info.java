/** What {@code elastic evaluate} writes besides the figures it prints. Begin with {@code AnswerFiles}. */
@Internal
package org.elasticvision.runtime.cli.evaluation;

import org.elasticvision.runtime.base.Internal;
