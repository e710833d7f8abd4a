/**
 * What an open model needs besides its engine and its preprocessing: {@code BufferPool} lends each call an input and an
 * output buffer, {@code SessionChecks} compares the network's shapes with the metadata of its file.
 *
 * <p>Who calls: {@code ModelSession} of the package above, and nobody else. Where to begin: {@code SessionChecks}.
 */
@Internal
package org.elasticvision.runtime.session;

import org.elasticvision.runtime.base.Internal;
