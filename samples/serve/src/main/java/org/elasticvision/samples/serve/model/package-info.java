/**
 * The models that are served: {@code ServedModel} is what requests ask, {@code OpenModel} is one of the runtime, open and
 * warm, {@code ModelNames} says what requests call it. Nothing here knows queues or endpoints.
 */
@Internal
package org.elasticvision.samples.serve.model;

import org.elasticvision.runtime.base.Internal;
