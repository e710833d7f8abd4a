package org.elasticvision.runtime.engine.onednn;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.EngineProvider;
import org.elasticvision.runtime.engine.NodeTime;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.onednn.natives.OneDnn;
import org.elasticvision.runtime.engine.onednn.natives.Plan;
import org.elasticvision.runtime.onnx.ModelContent;

/** oneDNN, which runs ONNX files on a processor. */
public final class OneDnnEngineProvider implements EngineProvider {
    private static final int WARM_UP = 3;

    @Override
    public String name() {
        return OneDnnCheckup.NAME;
    }

    @Override
    public boolean opens(Path file) {
        return ModelContent.isOnnx(file);
    }

    @Override
    public List<Provider> providers() {
        return List.of(Provider.ONEDNN);
    }

    @Override
    public boolean keepsModels(Provider provider) {
        return true;
    }

    @Override
    public boolean changesPrecision(Provider provider) {
        return true;
    }

    @Override
    public Engine open(Path file, EngineOptions options) {
        ModelContent.check(file);
        return OneDnnEngine.open(file, options);
    }

    @Override
    public void loadAhead(Path file, EngineOptions options) {
        OneDnn.loadAhead();
    }

    @Override
    public NodeTime.Measuring nodeTimes(Path file) {
        ModelContent.check(file);
        return (options, batch, runs) -> measure(file, options, batch, runs);
    }

    private static List<NodeTime> measure(Path file, EngineOptions options, int batch, int runs) {
        try (OneDnnEngine engine = OneDnnEngine.open(file, options)) {
            TensorShape shape = engine.inputShape();
            int items = shape.batch() == TensorShape.ANY ? batch : shape.batch();
            FloatBuffer images = DirectBuffers.floats(shape.withBatch(items).elements());
            FloatBuffer answers =
                    DirectBuffers.floats(engine.outputShape().withBatch(items).elements());
            Random random = new Random(1);
            for (int i = 0; i < images.capacity(); i++) {
                images.put(i, (float) random.nextGaussian());
            }
            List<List<Plan.StepTime>> all = new ArrayList<>();
            for (int run = 0; run < WARM_UP + runs; run++) {
                List<Plan.StepTime> times = engine.measure(images, answers, items);
                if (run >= WARM_UP) {
                    all.add(times);
                }
            }
            return medians(all);
        }
    }

    private static List<NodeTime> medians(List<List<Plan.StepTime>> runs) {
        List<NodeTime> nodes = new ArrayList<>();
        for (int step = 0; step < runs.get(0).size(); step++) {
            int index = step;
            double[] times = runs.stream()
                    .mapToDouble(run -> run.get(index).milliseconds())
                    .sorted()
                    .toArray();
            Plan.StepTime one = runs.get(0).get(step);
            nodes.add(new NodeTime(one.step(), one.kernel(), times[times.length / 2]));
        }
        nodes.sort(Comparator.comparingDouble(NodeTime::milliseconds).reversed());
        return nodes;
    }

    @Override
    public Optional<String> version() {
        try {
            return Optional.of(OneDnn.version());
        } catch (ElasticVisionException | LinkageError e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Checkup> checkups() {
        return List.of(new OneDnnCheckup());
    }
}
