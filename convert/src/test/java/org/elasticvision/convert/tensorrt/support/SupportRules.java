package org.elasticvision.convert.tensorrt.support;

import java.nio.file.Path;
import java.util.List;
import org.elasticvision.convert.onnx.TestProto;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.elasticvision.convert.onnx.TestProto.FLOAT;

/** Each rule of the table has a small graph that breaks it and one beside it that does not. */
abstract class SupportRules {
    static final String[] IMAGE = {"N", "3", "8", "8"};

    @TempDir
    Path folder;

    /** A graph over a float32 image {@code x}, of opset 18. */
    static TestProto image() {
        return new TestProto(18).input("x", FLOAT, IMAGE);
    }

    SupportReport check(TestProto graph) {
        return SupportCheck.of(graph.write(folder.resolve("model.onnx")));
    }

    void assertTaken(TestProto graph) {
        assertThat(check(graph.output("y", FLOAT)).refusals()).isEmpty();
    }

    /** Exactly one refusal, of the operator, with these words in it. */
    void assertRefused(TestProto graph, String operator, String why) {
        assertThat(check(graph.output("y", FLOAT)).refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.node()).isEqualTo("the-" + operator);
            assertThat(refusal.operator()).isEqualTo(operator);
            assertThat(refusal.why()).contains(why);
            assertThat(refusal.remedy()).isNotBlank();
            assertThat(refusal.toString()).doesNotContain("\n");
        });
    }

    /** A quantization that is undone at once. */
    static TestProto quantized(int type, long zero) {
        return image().zeros("s", FLOAT)
                .integers("z", type, List.of(), zero)
                .node("QuantizeLinear", "x s z", "q")
                .node("DequantizeLinear", "q s z", "y");
    }
}
