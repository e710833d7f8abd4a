package org.elasticvision.convert.onnx;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Probe;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.io.TemporaryFolder;

/**
 * A model that is run to observe values inside it. While open, keeps a copy in the temporary folder. For one thread at
 * a
 * time; owns native memory.
 */
public final class ObservedModel implements AutoCloseable {
    private static final String NAME = "observed.onnx";

    private final TemporaryFolder folder;
    private final Probe probe;
    private final List<String> values;

    private ObservedModel(TemporaryFolder folder, Probe probe, List<String> values) {
        this.folder = folder;
        this.probe = probe;
        this.values = List.copyOf(values);
    }

    /**
     * Opens it.
     *
     * @param model a model that was read
     * @param values names of values inside the graph
     * @return the open model
     */
    public static ObservedModel open(OnnxModel model, List<String> values) {
        TemporaryFolder folder = TemporaryFolder.create("observed");
        try {
            Path file = folder.resolve(NAME);
            OnnxWriter.writeObserved(file, model.graph(), model.opset(), values);
            return new ObservedModel(folder, Probe.open(file, EngineOptions.defaults()), values);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** {@return the observed values} */
    public List<String> values() {
        return values;
    }

    /**
     * Runs the network.
     *
     * @param input direct, native order
     * @param shape the lengths of the dimensions
     * @param visitor gets the values by their index in {@link #values()}
     */
    public void run(FloatBuffer input, TensorShape shape, Probe.Visitor visitor) {
        run(input, shape, visitor, answer -> {});
    }

    /**
     * Runs the network.
     *
     * @param input direct, native order
     * @param shape the lengths of the dimensions
     * @param visitor gets the values by their index in {@link #values()}
     * @param answer gets what the network itself answers
     */
    public void run(FloatBuffer input, TensorShape shape, Probe.Visitor visitor, Consumer<float[]> answer) {
        probe.run(input, shape, (index, found) -> {
            if (index > 0) { // the first is the graph's own output
                visitor.value(index - 1, found);
            } else {
                answer.accept(found);
            }
        });
    }

    @Override
    public void close() {
        probe.close();
        folder.close();
    }
}
