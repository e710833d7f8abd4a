/** What the settings of a run come to for the loader of its images. {@code TrainingBatches}; the training loops call it. */
@Internal
package org.elasticvision.train.settings.loading;

import org.elasticvision.runtime.base.Internal;
