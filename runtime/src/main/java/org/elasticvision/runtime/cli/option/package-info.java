/**
 * Options that several commands share, as picocli mixins and converters, and what checks the files that are named: {@code Outputs} refuses
 * before the work what could not be written after it, {@code ImageFiles} finds the images. The same word means the same option everywhere.
 */
@Internal
package org.elasticvision.runtime.cli.option;

import org.elasticvision.runtime.base.Internal;
