package org.elasticvision.runtime.image;

import java.nio.FloatBuffer;
import java.util.concurrent.TimeUnit;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.image.codec.JpegFiles;
import org.elasticvision.runtime.image.pixels.Letterbox;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a camera's JPEG of 12 million pixels to the input of a classifier, in the ways that there are. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PhotoBenchmark {
    private static final int QUALITY = 90;

    private final Preprocessing preprocessing = Preprocessing.published(Task.CLASSIFICATION, 224, 224);
    private final Preprocessor alone = new Preprocessor(preprocessing);
    private final Preprocessor together =
            new Preprocessor(preprocessing, EngineOptions.defaults().effectiveThreads());
    private final FloatBuffer input = DirectBuffers.floats(alone.elementCount());
    private final ImageSource photo =
            ImageSource.of(JpegFiles.encode(BenchmarkPictures.picture("4000x3000"), QUALITY), "photo");

    @Benchmark
    public Letterbox oneThread() {
        return alone.write(photo.decode(Orientation.APPLY_EXIF), input, 0);
    }

    @Benchmark
    public Letterbox allCores() {
        return together.write(photo.decode(Orientation.APPLY_EXIF), input, 0);
    }

    @Benchmark
    public Letterbox fastDecode() {
        return alone.write(alone.decodeReduced(photo, Orientation.APPLY_EXIF), input, 0);
    }
}
