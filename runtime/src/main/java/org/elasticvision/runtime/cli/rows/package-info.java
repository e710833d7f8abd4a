/** Answers of many images in one file, a line each. {@code RowsFile} writes what {@code evaluate} and {@code predict} put into it. */
@Internal
package org.elasticvision.runtime.cli.rows;

import org.elasticvision.runtime.base.Internal;
