package org.elasticvision.runtime.image;

import java.nio.FloatBuffer;
import java.util.concurrent.TimeUnit;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.image.pixels.Letterbox;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Preprocessing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From pixels to the normalised 224x224 input of a classifier: the short side to 256, the centre cut out. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PreprocessBenchmark {
    @Param({"500x375", "4000x3000"})
    private String size;

    @Param({"NEAREST", "BILINEAR", "BICUBIC", "LANCZOS"})
    private Interpolation filter;

    private RgbImage picture;
    private Preprocessor preprocessor;
    private FloatBuffer input;

    @Setup
    public void prepare() {
        picture = BenchmarkPictures.picture(size);
        preprocessor = new Preprocessor(new Preprocessing(
                Preprocessing.Fit.RESIZE_AND_CROP,
                256,
                224,
                224,
                filter,
                Preprocessing.IMAGENET_MEAN,
                Preprocessing.IMAGENET_STD));
        input = DirectBuffers.floats(preprocessor.elementCount());
    }

    @Benchmark
    public Letterbox write() {
        return preprocessor.write(picture, input, 0);
    }
}
