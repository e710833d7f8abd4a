/** What {@code elastic verify} does besides comparing answers: bare networks on a tensor, and the smallest part that differs. */
@Internal
package org.elasticvision.convert.cli.verification;

import org.elasticvision.runtime.base.Internal;
