package org.elasticvision.runtime.image;

import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.elasticvision.runtime.image.codec.JpegFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

/** From an encoded image, or OpenCV's, to pixels. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DecodeBenchmark {
    private static final int QUALITY = 90;

    @Param({"500x375", "4000x3000"})
    private String size;

    private ImageSource jpeg;
    private ImageSource png;
    private BytePointer levels;
    private Mat mat;

    @Setup
    public void encode() {
        RgbImage picture = BenchmarkPictures.picture(size);
        jpeg = ImageSource.of(JpegFiles.encode(picture, QUALITY), "jpeg");
        png = ImageSource.of(PngFiles.encode(picture), "png");
        levels = new BytePointer(picture.pixels());
        mat = new Mat(picture.height(), picture.width(), CV_8UC3, levels);
    }

    @TearDown
    public void close() {
        mat.close();
        levels.close();
    }

    @Benchmark
    public RgbImage jpeg() {
        return jpeg.decode(Orientation.APPLY_EXIF);
    }

    @Benchmark
    public RgbImage png() {
        return png.decode(Orientation.APPLY_EXIF);
    }

    @Benchmark
    public RgbImage mat() {
        return ImageSource.of(mat).decode(Orientation.APPLY_EXIF);
    }
}
