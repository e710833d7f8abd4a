/**
 * A labelled data set that is drawn: shapes of many sizes in clutter. One set of pictures in the layouts of all three tasks,
 * for demonstrations and tests that need no download.
 */
@Internal
package org.elasticvision.train.shapes;

import org.elasticvision.runtime.base.Internal;
