package org.elasticvision.runtime.engine.onednn;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.elasticvision.runtime.base.CloseGuard;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.base.Uninterrupted;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.onednn.natives.OneDnn;
import org.elasticvision.runtime.engine.onednn.natives.PackedWeights;
import org.elasticvision.runtime.engine.onednn.natives.Plan;
import org.elasticvision.runtime.engine.onednn.natives.Precision;
import org.elasticvision.runtime.engine.onednn.network.Network;
import org.elasticvision.runtime.engine.onednn.network.Value;
import org.elasticvision.runtime.engine.onednn.network.reading.NetworkReader;
import org.elasticvision.runtime.onnx.OnnxGraph;

/** An ONNX file in oneDNN. */
final class OneDnnEngine implements Engine {
    private final Path file;
    private final Network network;
    private final Map<String, String> metadata;
    private final Precision precision;
    private final PackedWeights weights;
    private final PlanPool plans;
    private final CloseGuard guard;

    private OneDnnEngine(
            Path file,
            OnnxGraph graph,
            Network network,
            Precision precision,
            PackedWeights weights,
            EngineOptions options) {
        this.file = file;
        this.network = network;
        this.metadata = graph.metadata();
        this.precision = precision;
        this.weights = weights;
        this.plans = new PlanPool(options, (batch, threads) -> Plan.make(network, batch, precision, weights, threads));
        this.guard = new CloseGuard(file.toString());
    }

    static OneDnnEngine open(Path file, EngineOptions options) {
        FutureTask<Content> reading = new FutureTask<>(() -> Content.read(file));
        Thread reader = new Thread(reading, "onednn-reader");
        reader.setDaemon(true);
        reader.start();
        Precision precision;
        try {
            precision = precision(file, options);
        } finally {
            Uninterrupted.join(reader); // whatever happens, nothing reads the file afterwards
        }
        try {
            Content content = Uninterrupted.result(reading);
            KeptWeights kept = KeptWeights.of(options.optimizedModels(), file, precision);
            return prepared(
                    new OneDnnEngine(file, content.graph, content.network, precision, kept.weights(), options), kept);
        } catch (ModelException e) {
            String said = e.getMessage();
            throw said.startsWith(file.toString())
                    ? e
                    : new ModelException(file + " cannot run in oneDNN: " + said + "; use --provider cpu", e);
        }
    }

    /** Loads the library, which in the first engine of a process takes as long as reading the file. */
    private static Precision precision(Path file, EngineOptions options) {
        try {
            OneDnn.load();
            return CpuPrecisions.current().resolve(options.precision());
        } catch (ElasticVisionException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
    }

    /** What the file says. */
    private record Content(OnnxGraph graph, Network network) {
        static Content read(Path file) {
            OnnxGraph graph = OnnxGraph.read(file);
            return new Content(graph, NetworkReader.read(graph));
        }
    }

    /** Makes the first plan, which says what cannot run here. Whatever stops it, nothing stays open. */
    private static OneDnnEngine prepared(OneDnnEngine engine, KeptWeights kept) {
        boolean done = false;
        try {
            int batch = engine.network.batch();
            engine.plans.prepare(batch == TensorShape.ANY ? 1 : batch);
            kept.keep(engine.weights);
            done = true;
            return engine;
        } finally {
            if (!done) {
                engine.close();
            }
        }
    }

    @Override
    public TensorShape inputShape() {
        return shape(network.input());
    }

    @Override
    public TensorShape outputShape() {
        return shape(network.output());
    }

    private TensorShape shape(Value value) {
        List<Integer> dimensions = new ArrayList<>(List.of(network.batch()));
        for (int length : value.shape()) {
            dimensions.add(length);
        }
        return new TensorShape(dimensions);
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public void run(FloatBuffer input, FloatBuffer output, int batch) {
        FloatBuffer in = view("input", inputShape(), input, batch);
        FloatBuffer out = view("output", outputShape(), output, batch);
        guard.enter(() -> plans.run(plan -> plan.run(in, out), batch));
    }

    /** Runs a batch, taking the time of each step. */
    List<Plan.StepTime> measure(FloatBuffer input, FloatBuffer output, int batch) {
        List<Plan.StepTime> times = new ArrayList<>();
        guard.enter(() -> plans.run(plan -> times.addAll(plan.measure(input, output)), batch));
        return times;
    }

    private FloatBuffer view(String name, TensorShape shape, FloatBuffer buffer, int batch) {
        return DirectBuffers.view(
                name, buffer, shape.sized(batch, file.toString()).elements());
    }

    @Override
    public void close() {
        guard.close(() -> {
            plans.close();
            weights.close();
        });
    }

    @Override
    public String toString() {
        return "oneDNN engine (" + precision + (network.isQuantized() ? " and int8" : "") + ") for " + file;
    }
}
