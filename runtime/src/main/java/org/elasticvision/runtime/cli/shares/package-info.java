/**
 * One command in several processes: {@code NprocOption} says which share of the images is this one's, {@code OtherShares} are the
 * processes that have the others, and {@code ShareLines} is what they print for the first one.
 */
@Internal
package org.elasticvision.runtime.cli.shares;

import org.elasticvision.runtime.base.Internal;
