package org.elasticvision.runtime.engine.onednn.natives;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.onednn.network.Network;

/**
 * A network made ready for batches of one size. For one thread at a time, which is to be the one that made it: the threads that oneDNN
 * uses are that one's. It owns native memory: close it, before its weights.
 */
public final class Plan implements AutoCloseable {
    private final List<Execution> executions;
    private final Owned owned;
    private final dnnl_stream stream;
    private final List<memory> inputs;
    private final List<memory> outputs;
    private final int batch;
    private final int threads;

    /** Held, as memory that Java's collector finds unused is freed. */
    @SuppressWarnings("UnusedVariable")
    private final PackedWeights weights;

    /**
     * One call of oneDNN's.
     *
     * @param name of the step, for messages
     * @param description of the kernel that oneDNN chose
     * @param arguments all of them, in one array
     */
    record Execution(
            String name,
            primitive_desc_base description,
            dnnl_primitive primitive,
            dnnl_exec_arg_t arguments,
            int count) {
        String kernel() {
            return description.impl_info_str().getString();
        }
    }

    Plan(
            List<Execution> executions,
            Owned owned,
            dnnl_stream stream,
            List<memory> inputs,
            List<memory> outputs,
            int batch,
            int threads,
            PackedWeights weights) {
        this.executions = List.copyOf(executions);
        this.owned = owned;
        this.stream = stream;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.batch = batch;
        this.threads = threads;
        this.weights = weights;
    }

    /**
     * Makes a plan.
     *
     * @param network what it computes
     * @param batch images in a run
     * @param precision of what is not in 8 bits
     * @param weights where its weights are kept
     * @param threads that a run uses, the calling one among them
     * @return the plan
     * @throws ModelException where oneDNN has no kernel for a step here
     */
    public static Plan make(Network network, int batch, Precision precision, PackedWeights weights, int threads) {
        OneDnn.load();
        OpenMp.setThreads(threads);
        return PlanBuilder.build(network, batch, precision, weights, threads);
    }

    /** {@return images in a run} */
    public int batch() {
        return batch;
    }

    /**
     * Runs it.
     *
     * @param images direct, native order, from index 0
     * @param answers direct, native order, from index 0
     */
    public void run(FloatBuffer images, FloatBuffer answers) {
        try (FloatPointer in = new FloatPointer(images);
                FloatPointer out = new FloatPointer(answers)) {
            set(in, out);
            for (Execution execution : executions) {
                run(execution);
            }
        }
    }

    private void set(Pointer in, Pointer out) {
        OpenMp.setThreads(threads); // this thread may have run another plan
        set(inputs, in);
        set(outputs, out);
    }

    private static void set(List<memory> all, Pointer buffer) {
        Pointer plain = new Pointer(buffer);
        for (memory one : all) {
            one.set_data_handle(plain);
        }
    }

    private void run(Execution execution) {
        int status = dnnl.dnnl_primitive_execute(execution.primitive, stream, execution.count, execution.arguments);
        if (status != dnnl.dnnl_success) {
            throw new ModelException("oneDNN failed with status " + status + " at '" + execution.name + "'");
        }
    }

    /** What one step took. */
    public record StepTime(String step, String kernel, double milliseconds) {}

    /**
     * Runs it, taking the time of each step.
     *
     * @param images as for {@link #run}
     * @param answers as for {@link #run}
     * @return the steps in their order
     */
    public List<StepTime> measure(FloatBuffer images, FloatBuffer answers) {
        List<StepTime> times = new ArrayList<>();
        try (FloatPointer in = new FloatPointer(images);
                FloatPointer out = new FloatPointer(answers)) {
            set(in, out);
            for (Execution execution : executions) {
                long start = System.nanoTime();
                run(execution);
                double milliseconds = (System.nanoTime() - start) / 1e6;
                times.add(new StepTime(execution.name, execution.kernel(), milliseconds));
            }
        }
        return times;
    }

    @Override
    public void close() {
        owned.close();
    }
}
