/** What is in the folder of a data set, and whether a network can learn from it; {@code train.data.DatasetFolder} asks. */
@Internal
package org.elasticvision.train.data.layout;

import org.elasticvision.runtime.base.Internal;
