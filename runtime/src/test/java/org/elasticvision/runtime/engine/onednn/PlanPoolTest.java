package org.elasticvision.runtime.engine.onednn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.cpu.PhysicalCores;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.OnnxParts;
import org.elasticvision.runtime.engine.onednn.natives.PackedWeights;
import org.elasticvision.runtime.engine.onednn.natives.Plan;
import org.elasticvision.runtime.engine.onednn.natives.Precision;
import org.elasticvision.runtime.engine.onednn.network.Network;
import org.elasticvision.runtime.engine.onednn.network.reading.NetworkReader;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class PlanPoolTest {
    private static final int RUNS = 40;

    @TempDir
    Path folder;

    private Network network;

    @BeforeEach
    void read() {
        OneDnnRequirements.assumeThatItLoads();
        network = NetworkReader.read(OnnxGraph.read(Duel.image(3, 5, 5)
                .node(OnnxParts.node("Relu", "x", "y"))
                .output("y")
                .write(folder.resolve("m.onnx"))));
    }

    /** {@return for how many threads plans were made, in 40 runs} */
    private List<Integer> run(Optional<Throwable> problemAlone) {
        List<Integer> made = new ArrayList<>();
        try (PackedWeights weights = new PackedWeights();
                PlanPool pool = new PlanPool(new EngineOptions(2), (batch, threads) -> {
                    made.add(threads);
                    if (threads == 1 && problemAlone.isPresent()) {
                        if (problemAlone.get() instanceof OutOfMemoryError e) {
                            throw e;
                        }
                        throw (RuntimeException) problemAlone.get();
                    }
                    return Plan.make(network, batch, Precision.FP32, weights, threads);
                })) {
            List<Plan> ran = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                pool.run(ran::add, 1);
            }
            assertThat(ran).hasSize(RUNS).doesNotContainNull();
        }
        return made;
    }

    @Test
    void oneThreadAloneIsTried() {
        assertThat(run(Optional.empty())).containsExactly(2, 1);
    }

    @Test
    void whereOneAloneCannotBeMadeAllGoOn() {
        assertThat(run(Optional.of(new OutOfMemoryError("none")))).containsExactly(2, 1);
        assertThat(run(Optional.of(new ModelException("no kernel")))).containsExactly(2, 1);
    }

    /** One that was open for one caller at a time ran the second when the first had ended: they would wait for each other here. */
    @Test
    void callersThatShareTheThreadsRunSideBySide() throws Exception {
        assumeTrue(PhysicalCores.count() > 1, "one core");
        CyclicBarrier bothAreIn = new CyclicBarrier(2);
        EngineOptions options = ModelOptions.defaults().forCallers(2, 2).engine();
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try (PackedWeights weights = new PackedWeights();
                PlanPool pool = new PlanPool(
                        options, (batch, threads) -> Plan.make(network, batch, Precision.FP32, weights, threads))) {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                runs.add(callers.submit(() -> pool.run(plan -> meet(bothAreIn), 1)));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
