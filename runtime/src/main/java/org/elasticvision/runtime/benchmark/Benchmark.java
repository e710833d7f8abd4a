package org.elasticvision.runtime.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.image.ImageSource;

/**
 * Measures a model from encoded images to answers, as an application would have it.
 *
 * <pre>{@code
 * Load load = new Load(1, Duration.ofSeconds(3), Duration.ofSeconds(20));
 * BenchmarkResult result = new Benchmark(load, SamplePictures.jpegs(16), Duration.ZERO)
 *         .run(Path.of("model.onnx"), ModelOptions.defaults());
 * System.out.printf("%.1f images/s%n", result.imagesPerSecond());
 * }</pre>
 */
public final class Benchmark {
    private final Load load;
    private final List<? extends ImageSource> images;
    private final Duration aside;

    /**
     * Prepares one.
     *
     * @param load how the model is asked
     * @param images asked about in turn, over and over; at least one
     * @param aside time that this process has spent on other things, such as making the images; not counted as cold
     *     start
     */
    public Benchmark(Load load, List<? extends ImageSource> images, Duration aside) {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("a benchmark needs an image");
        }
        this.load = load;
        this.images = List.copyOf(images);
        this.aside = aside;
    }

    /**
     * Opens the model, asks for a first answer, warms up, measures and closes the model.
     *
     * @param file the model
     * @param options how it is opened; its stage listener is replaced
     * @return what was measured
     * @throws org.elasticvision.runtime.base.ModelException where the model cannot be opened or fails
     * @throws org.elasticvision.runtime.base.ImageException where an image cannot be decoded
     */
    public BenchmarkResult run(Path file, ModelOptions options) {
        StageRecorder stages = new StageRecorder();
        long start = System.nanoTime();
        try (Model<?> model = Model.open(file, options.withStageListener(stages))) {
            long opened = System.nanoTime();
            model.predict(images.get(0));
            long answered = System.nanoTime();
            Duration coldStart = ProcessAge.now().minus(aside);

            Callers callers = new Callers(model, calls(model.batch()), load.callers());
            callers.askFor(load.warmup());
            stages.reset();
            long from = System.nanoTime();
            Histogram latencies = callers.askFor(load.duration());
            double seconds = (System.nanoTime() - from) / 1e9;
            return new BenchmarkResult(
                    model.info(),
                    latencies.getTotalCount() * model.batch(),
                    seconds,
                    model.batch(),
                    Latencies.of(latencies),
                    stages.medians(),
                    coldStart,
                    false,
                    Duration.ofNanos(opened - start),
                    Duration.ofNanos(answered - opened),
                    ProcessMemory.peakBytes(),
                    model.observation(),
                    model.choice());
        }
    }

    /** The images by turns, in calls of one batch each; every image is in as many calls as any other. */
    private List<List<ImageSource>> calls(int batch) {
        List<List<ImageSource>> calls = new ArrayList<>(images.size());
        for (int call = 0; call < images.size(); call++) {
            List<ImageSource> sources = new ArrayList<>(batch);
            for (int i = 0; i < batch; i++) {
                sources.add(images.get((int) (((long) call * batch + i) % images.size())));
            }
            calls.add(sources);
        }
        return calls;
    }
}
