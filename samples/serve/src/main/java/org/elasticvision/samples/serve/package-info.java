/**
 * {@code elastic serve}: a small HTTP service over the runtime, with a page and a JSON API. Each request is one image.
 *
 * <p>What flows: Jetty hands a request to {@code Routes}, which finds the endpoint; {@code PredictEndpoint} reads
 * query and body within the limits, waits for its turn in {@code PredictionQueue}, which gives the image to the
 * model's batcher, and writes the answer with the milliseconds of each stage; {@code ServerMetrics} counts for
 * Prometheus.
 *
 * <p>Who calls: {@code ServeCommand} opens the models (package {@code model}), starts {@code PredictionServer}, and
 * closes all on SIGTERM after the requests that are running.
 *
 * <p>Where to begin: {@code Routes}, then {@code PredictEndpoint}. Whatever goes wrong is a {@code http.RequestRefused}
 * with a status and one sentence.
 *
 * <p>It is a part of the {@code elastic} command, and so uses that command's internal packages; the programs in {@code
 * samples} use the API alone.
 */
package org.elasticvision.samples.serve;
