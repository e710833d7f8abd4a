package org.elasticvision.samples.serve.queue;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.eclipse.jetty.http.HttpStatus;
import org.elasticvision.runtime.batching.BatcherStatistics;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.samples.serve.http.Reply;
import org.elasticvision.samples.serve.isolate.DecoderPool;
import org.elasticvision.samples.serve.model.ServedModel;

/** What Prometheus scrapes. Labels come from what is served, never from what clients send. Thread-safe. */
public final class ServerMetrics {
    private static final double NANOS = 1e-9;
    private static final double[] BUCKETS = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30};

    private static final double[] STAGE_BUCKETS = {
        .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30
    };

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("elastic_requests")
            .help("Requests answered, by route and HTTP status.")
            .labelNames("route", "status")
            .withoutExemplars()
            .register(registry);
    private final Histogram durations = Histogram.builder()
            .name("elastic_prediction_duration_seconds")
            .help("From the first byte of a request to its answer; successful predictions only.")
            .labelNames("model")
            .classicOnly()
            .classicUpperBounds(BUCKETS)
            .withoutExemplars()
            .register(registry);
    private final Histogram stages = Histogram.builder()
            .name("elastic_stage_duration_seconds")
            .help("Where that time went: upload, queue, decode, preprocess, inference, postprocess, encode.")
            .labelNames("model", "stage")
            .classicOnly()
            .classicUpperBounds(STAGE_BUCKETS)
            .withoutExemplars()
            .register(registry);

    public ServerMetrics(ServedModels models) {
        gauge(
                "elastic_predictions_running",
                "Images that are worked on.",
                () -> sum(models, BatcherStatistics::running));
        gauge(
                "elastic_predictions_waiting",
                "Images that wait for their turn.",
                () -> sum(models, BatcherStatistics::waiting));
        perModel(
                "elastic_images_given_up",
                "Images that were not worked on, as nobody waited for them any more.",
                models,
                BatcherStatistics::skipped);
        perModel(
                "elastic_batches",
                "Times that the network was run; fewer than images where it takes several at a time.",
                models,
                BatcherStatistics::batches);
        perModel(
                "elastic_batched_images",
                "Images in these runs, also those whose request was not waiting any more.",
                models,
                BatcherStatistics::images);
        GaugeWithCallback.builder()
                .name("elastic_model")
                .help("1 for each model that is served.")
                .labelNames("model", "task", "architecture", "precision")
                .callback(gauge -> models.models().forEach(model -> describe(gauge, model)))
                .register(registry);
        models.names().forEach(durations::initLabelValues);
    }

    /** Adds a number that is asked for when it is scraped. */
    public void gauge(String name, String help, LongSupplier number) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call((double) number.getAsLong()))
                .register(registry);
    }

    /** Adds those of the processes that decode. */
    public void add(DecoderPool decoders) {
        gauge("elastic_decoders", "Processes that decode pictures.", decoders::running);
        counter("elastic_decoders_died", "Such processes that ended by themselves.", decoders::died);
        counter("elastic_decoders_timed_out", "Such processes that took too long and were killed.", decoders::timedOut);
    }

    private void counter(String name, String help, LongSupplier number) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(counter -> counter.call((double) number.getAsLong()))
                .register(registry);
    }

    private static void describe(GaugeWithCallback.Callback gauge, ServedModel model) {
        ModelInfo info = model.info();
        gauge.call(1, model.name(), info.task().id(), info.architecture(), info.precision());
    }

    private static int sum(ServedModels models, ToIntFunction<BatcherStatistics> number) {
        return models.runners().stream()
                .map(ModelRunner::statistics)
                .mapToInt(number)
                .sum();
    }

    /** They start again at 0 where a model is replaced, as Prometheus expects of counters. */
    private void perModel(String name, String help, ServedModels models, ToLongFunction<BatcherStatistics> number) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("model")
                .callback(counter -> models.runners()
                        .forEach(runner -> counter.call(
                                (double) number.applyAsLong(runner.statistics()),
                                runner.model().name())))
                .register(registry);
    }

    public void request(String route, int status) {
        requests.labelValues(route, Integer.toString(status)).inc();
    }

    public void answered(ServedModel model, RequestTimes times) {
        durations.labelValues(model.name()).observe(times.totalNanos() * NANOS);
        times.nanos().forEach((stage, time) -> stages.labelValues(model.name(), stage.id())
                .observe(time * NANOS));
    }

    /** The text format, version 0.0.4. */
    public Reply scrape() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return new Reply(HttpStatus.OK_200, PrometheusTextFormatWriter.CONTENT_TYPE, text.toByteArray(), Map.of());
    }
}
