import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;

/** An engine of this library, in this process. */
final class Ours implements Contestant {
    private final Engine engine;
    private final FloatBuffer images;
    private final FloatBuffer answers;

    Ours(Path model, EngineOptions options) {
        engine = Engine.open(model, options);
        images = DirectBuffers.floats(engine.inputShape().itemElements());
        answers = DirectBuffers.floats(engine.outputShape().itemElements());
        for (int i = 0; i < images.capacity(); i++) {
            images.put(i, (float) Math.sin(i * 0.01));
        }
    }

    @Override
    public double block(int runs) {
        double[] milliseconds = new double[runs];
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            engine.run(images, answers, 1);
            milliseconds[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(milliseconds);
        return milliseconds[runs / 2];
    }

    @Override
    public void close() {
        engine.close();
    }
}
