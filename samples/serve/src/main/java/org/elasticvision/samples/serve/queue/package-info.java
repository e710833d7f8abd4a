/**
 * The way from requests to models. {@code ServedModels} knows which model has which name at present and hands out leases;
 * a {@code ModelRunner} is a model with its batcher, which is closed when its last request has gone; {@code PredictionQueue}
 * lets requests in and waits for answers; {@code ServerMetrics} counts for Prometheus. Begin with {@code PredictionQueue}.
 */
@Internal
package org.elasticvision.samples.serve.queue;

import org.elasticvision.runtime.base.Internal;
