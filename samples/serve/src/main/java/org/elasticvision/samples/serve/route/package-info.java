/**
 * What a path leads to: {@code Route} is a path with named parts, a method and the {@code Endpoint} that answers, {@code
 * RouteTable} finds the one of a request. Nothing here knows models.
 */
@Internal
package org.elasticvision.samples.serve.route;

import org.elasticvision.runtime.base.Internal;
