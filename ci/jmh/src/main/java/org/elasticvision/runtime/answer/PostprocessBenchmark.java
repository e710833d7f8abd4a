package org.elasticvision.runtime.answer;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.Letterbox;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Label;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a network's output to an answer: ImageNet's 1000 classes, MSCOCO's 80, PASCAL VOC's 21 at 513x513 pixels. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PostprocessBenchmark {
    private static final int SIDE = 513;
    private static final int CELL = 16;
    private static final int CLASSES = 21;
    private static final int TOP = 5;

    private final List<Label> imagenet = labels(1000);
    private final List<Label> coco = labels(80);
    private final float[] logits = logits(1000);
    private final float[] independent = logits(80);
    private final FloatBuffer scores = scores();
    private final Letterbox whole = new Letterbox(0, 0, SIDE, SIDE);
    private final Letterbox part = new Letterbox(7, 69, 500, 375);
    private final RgbImage picture = new RgbImage(SIDE, SIDE, new byte[3 * SIDE * SIDE]);
    private final IndexImage mask = new IndexImage(SIDE, SIDE, argmaxOf513x513());

    private static List<Label> labels(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Label("n" + i, "class " + i))
                .toList();
    }

    private static float[] logits(int count) {
        SplittableRandom random = new SplittableRandom(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-5, 10);
        }
        return values;
    }

    /** Patches of classes, as in pictures, with noise. */
    private static FloatBuffer scores() {
        SplittableRandom random = new SplittableRandom(1);
        FloatBuffer scores = DirectBuffers.floats(CLASSES * SIDE * SIDE);
        for (int i = 0; i < scores.capacity(); i++) {
            int index = i / (SIDE * SIDE);
            int patch = i % SIDE / CELL * 7 + i / SIDE % SIDE / CELL * 5;
            float level = patch / 9 % CLASSES == index ? 8 : 0;
            scores.put(i, level + (float) random.nextDouble(-3, 3));
        }
        return scores;
    }

    @Benchmark
    public List<Score> softmaxTop5Of1000() {
        return Logits.ranked(logits, imagenet).subList(0, TOP);
    }

    @Benchmark
    public List<Score> sigmoidOf80() {
        return Logits.independent(independent, coco);
    }

    @Benchmark
    public byte[] argmaxOf513x513() {
        return ClassMaps.argmax(scores, CLASSES, SIDE, SIDE, whole);
    }

    @Benchmark
    public byte[] argmaxOf500x375() {
        return ClassMaps.argmax(scores, CLASSES, SIDE, SIDE, part);
    }

    @Benchmark
    public RgbImage overlay() {
        return MaskOverlay.of(picture, mask, index -> index != 0, 0.5);
    }
}
