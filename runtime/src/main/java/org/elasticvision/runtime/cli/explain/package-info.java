/** {@code elastic explain}: {@link org.elasticvision.runtime.cli.explain.ExplainCommand} and the forms in which it prints and writes explanations. */
@Internal
package org.elasticvision.runtime.cli.explain;

import org.elasticvision.runtime.base.Internal;
