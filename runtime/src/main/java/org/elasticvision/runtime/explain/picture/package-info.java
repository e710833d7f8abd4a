/**
 * Explanations as pixels, without text, so that no fonts are needed. {@link org.elasticvision.runtime.explain.picture.MapPicture} lays a map over its
 * picture, {@link org.elasticvision.runtime.explain.picture.PolicyPicture} draws scale policies. The page and the command call them.
 */
@Internal
package org.elasticvision.runtime.explain.picture;

import org.elasticvision.runtime.base.Internal;
