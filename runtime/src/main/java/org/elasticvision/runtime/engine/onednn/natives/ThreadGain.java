package org.elasticvision.runtime.engine.onednn.natives;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.onednn.network.Network;
import org.elasticvision.runtime.engine.onednn.network.SampleNetwork;

/**
 * Whether several threads finish an image sooner than one. With matrix instructions a layer takes a fraction of a millisecond, and handing
 * its values from core to core can take longer than the second core saves: seen on virtual machines with AMX, where two threads took 1.3
 * times as long as one. It depends on the machine, not on the kind of processor, and so it is measured: once per process, for some tens of
 * milliseconds. Safe for use by any number of threads.
 */
public final class ThreadGain {
    /** Of the time of one thread: several must be so much better, as they take the cores from others. */
    private static final double WORTH = 0.92;

    private static final int ROUNDS = 4;
    private static final int RUNS = 2;

    private static final Map<Case, Integer> KNOWN = new ConcurrentHashMap<>();

    private ThreadGain() {}

    private record Case(Precision precision, boolean quantized, int threads) {}

    /**
     * {@return how many threads are best for one image: those asked for, or 1}
     *
     * @param precision of what is not in 8 bits
     * @param quantized whether most is
     * @param threads asked for
     */
    public static int best(Precision precision, boolean quantized, int threads) {
        boolean isLong = precision == Precision.FP32 && !quantized;
        if (threads == 1 || isLong) {
            return threads;
        }
        return KNOWN.computeIfAbsent(new Case(precision, quantized, threads), ThreadGain::measure);
    }

    private static int measure(Case one) {
        FutureTask<Integer> task = new FutureTask<>(() -> measureHere(one));
        Thread thread = new Thread(task, "onednn-threads"); // whose number of threads is its own
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new ElasticVisionException(
                    "oneDNN cannot be measured: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return one.threads;
        }
    }

    private static int measureHere(Case one) {
        Network network = SampleNetwork.pointwise(one.quantized);
        FloatBuffer images = DirectBuffers.floats(network.input().elements());
        FloatBuffer answers = DirectBuffers.floats(network.output().elements());
        double alone = Double.MAX_VALUE;
        double together = Double.MAX_VALUE;
        try (PackedWeights weights = new PackedWeights();
                Plan single = Plan.make(network, 1, one.precision, weights, 1);
                Plan several = Plan.make(network, 1, one.precision, weights, one.threads)) {
            for (int round = 0; round < ROUNDS; round++) { // by turns, as other processes come and go
                OpenMp.setThreads(1);
                alone = Math.min(alone, time(single, images, answers));
                OpenMp.setThreads(one.threads);
                together = Math.min(together, time(several, images, answers));
            }
        }
        return together < alone * WORTH ? one.threads : 1;
    }

    private static double time(Plan plan, FloatBuffer images, FloatBuffer answers) {
        plan.run(images, answers);
        long start = System.nanoTime();
        for (int run = 0; run < RUNS; run++) {
            plan.run(images, answers);
        }
        return System.nanoTime() - start;
    }
}
