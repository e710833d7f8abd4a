/**
 * What commands print, human-readable ({@code …Text}) and machine-readable ({@code …Json}), and the files that they write beside it. {@code
 * Progress} and {@code Terminal} know whether anybody watches.
 */
@Internal
package org.elasticvision.runtime.cli.output;

import org.elasticvision.runtime.base.Internal;
