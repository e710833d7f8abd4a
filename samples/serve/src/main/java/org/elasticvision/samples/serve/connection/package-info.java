/**
 * Connections below the requests on them: {@code HttpConnector} counts them, {@code HeaderDeadline} closes those whose requests do not come, {@code
 * Caller} knows whether a client has gone. Nothing here knows what is asked.
 */
@Internal
package org.elasticvision.samples.serve.connection;

import org.elasticvision.runtime.base.Internal;
