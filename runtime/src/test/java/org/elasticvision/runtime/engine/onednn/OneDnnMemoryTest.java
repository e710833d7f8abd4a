package org.elasticvision.runtime.engine.onednn;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.Pointer;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.OnnxParts;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.onednn.natives.PackedWeights;
import org.elasticvision.runtime.engine.onednn.natives.Plan;
import org.elasticvision.runtime.engine.onednn.natives.Precision;
import org.elasticvision.runtime.engine.onednn.network.Network;
import org.elasticvision.runtime.engine.onednn.network.reading.NetworkReader;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is open is closed where memory is short while a plan is made: that is an error to Java, not an exception. */
@Timeout(120)
class OneDnnMemoryTest {
    private static final int SIDE = 7000;
    private static final long VALUE_BYTES = 4L * SIDE * SIDE * Float.BYTES;
    private static final int MOST_VALUES = 64;
    private static final EngineOptions ONE_THREAD = new EngineOptions(1).withProvider(Provider.ONEDNN);

    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        OneDnnRequirements.assumeThatItLoads();
    }

    /** Large images that are all needed at the end: more bytes than JavaCPP allows, which it counts before it asks the system. */
    private Path tooLarge() {
        long allowed = Pointer.maxBytes();
        long values = allowed / VALUE_BYTES + 1;
        Assumptions.assumeTrue(allowed > 0 && values <= MOST_VALUES, "JavaCPP allows " + allowed + " bytes");
        OnnxFile file = new OnnxFile()
                .input("x", 1, 4, 2, 2)
                .output("y", 1, 4, 1, 1)
                .tensor(OnnxParts.longs("size", SIDE, SIDE));
        AttributeProto[] bilinear = {OnnxParts.text("mode", "linear"), OnnxParts.numbers("axes", 2, 3)};
        for (int i = 0; i <= values; i++) {
            file.node(OnnxParts.node("Resize", "x - - size", "r" + i, bilinear));
        }
        for (int i = 1; i <= values; i++) {
            file.node(OnnxParts.node("Add", (i == 1 ? "r0" : "s" + (i - 1)) + " r" + i, "s" + i));
        }
        return file.node(OnnxParts.node("GlobalAveragePool", "s" + values, "y"))
                .opset(18)
                .write(folder.resolve("large.onnx"));
    }

    @Test
    void anEngineThatNoMemoryHoldsLeavesNothingOpen() {
        Path file = tooLarge();
        long before = Pointer.totalBytes();
        assertThatThrownBy(() -> Engine.open(file, ONE_THREAD)).isInstanceOf(OutOfMemoryError.class);
        assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before); // less where garbage of others was freed
    }

    @Test
    void aPlanThatCannotBeMadeLeavesNothingOpenAndTheNextOneIsMade() {
        Network network = NetworkReader.read(OnnxGraph.read(new OnnxFile()
                .input("x", -1, 3, 4, 4)
                .output("y", -1, 3, 4, 4)
                .node(OnnxParts.node("Relu", "x", "y"))
                .write(folder.resolve("small.onnx"))));
        AtomicInteger made = new AtomicInteger();
        try (PackedWeights weights = new PackedWeights();
                PlanPool plans = new PlanPool(ONE_THREAD, (batch, threads) -> {
                    if (made.getAndIncrement() == 0) {
                        throw new OutOfMemoryError("in a test");
                    }
                    return Plan.make(network, batch, Precision.FP32, weights, threads);
                })) {
            assertThatThrownBy(() -> plans.run(plan -> {}, 1))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessage("in a test");
            plans.run(plan -> assertThat(plan.batch()).isEqualTo(1), 1);
        }
        assertThat(made).hasValue(2);
    }
}
