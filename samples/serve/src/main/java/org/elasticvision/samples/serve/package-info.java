/**
 * {@code elastic serve}: a small HTTP service over the runtime, with a page and two HTTP APIs.
 *
 * <p>What flows: Jetty hands a request to {@code Routes}, which finds the endpoint (package {@code route}) and
 * has its body read as it comes (package {@code body}); {@code v1.PredictEndpoint} or {@code v2.InferEndpoint} then reads its parameters, is
 * let in by {@code queue.Admission}, waits for its turn in {@code queue.PredictionQueue}, which gives each image to the model's batcher, and writes the answer; {@code
 * queue.ServerMetrics} counts for Prometheus.
 *
 * <p>Who calls: {@code ServeCommand} opens the models (package {@code model}), starts {@code PredictionServer}, and
 * closes all on SIGTERM after the requests that are running.
 *
 * <p>Where to begin: {@code Routes}, then {@code v1.PredictEndpoint}. Whatever goes wrong is a {@code http.RequestRefused}
 * with a status and one sentence.
 *
 * <p>It is a part of the {@code elastic} command, and so uses that command's internal packages; the programs in {@code
 * samples} use the API alone.
 */
package org.elasticvision.samples.serve;
