/**
 * Who may ask, how the connection is kept secret, and what is written down of requests: {@code TokenFile}, {@code Tls} with {@code
 * PemFile}, {@code AccessLog}. Nothing here knows models.
 */
@Internal
package org.elasticvision.samples.serve.access;

import org.elasticvision.runtime.base.Internal;
