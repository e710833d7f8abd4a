/**
 * The API under {@code /v1}: {@code PredictEndpoint} takes image files and answers as {@code elastic predict --json}, {@code
 * ModelsJson} says what is served. Begin with {@code V1Routes}.
 */
@Internal
package org.elasticvision.samples.serve.v1;

import org.elasticvision.runtime.base.Internal;
