package org.elasticvision.convert.tensorrt.support;

import java.util.List;
import org.elasticvision.convert.onnx.TestProto;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.elasticvision.convert.onnx.TestProto.BOOL;
import static org.elasticvision.convert.onnx.TestProto.FLOAT;
import static org.elasticvision.convert.onnx.TestProto.INT64;
import static org.elasticvision.convert.onnx.TestProto.attribute;

/** Branches and loops. */
class SubgraphRulesTest extends SupportRules {
    @Test
    void branchesAreLookedInto() {
        assertTaken(branches("a", new TestProto(18).node("Relu", "x", "b").output("b", FLOAT, IMAGE)));
        assertRefused(
                branches("a", new TestProto(18).node("Relu", "x", "a").output("a", FLOAT, IMAGE)),
                "If",
                "both call an output a");
        assertRefused(
                branches("a", new TestProto(18).node("Flatten", "x", "b").output("b", FLOAT)),
                "If",
                "have 4 and 2 dimensions");
        assertRefused(
                branches("a", new TestProto(18).node("Det", "x", "b").output("b", FLOAT, IMAGE)),
                "Det",
                "is not supported");
    }

    private static TestProto branches(String output, TestProto second) {
        TestProto first = new TestProto(18).node("Sigmoid", "x", output).output(output, FLOAT, IMAGE);
        return image().input("c", BOOL, "1")
                .node("If", "c", "y", attribute("then_branch", first), attribute("else_branch", second));
    }

    @Test
    void loopBodiesAreLookedIntoWithWhatTheyCarry() {
        TestProto body = new TestProto(18)
                .input("i", INT64)
                .input("more", BOOL)
                .input("carried", 0)
                .node("Identity", "more", "still")
                .node("And", "carried still", "next")
                .output("still", BOOL)
                .output("next", FLOAT);
        TestProto graph =
                image().integers("count", INT64, List.of(), 3).node("Loop", "count - x", "y", attribute("body", body));
        SupportReport report = check(graph);
        assertThat(report.refusals()).extracting(Refusal::toString).anySatisfy(line -> assertThat(line)
                .startsWith("the-And: And has input 0 of the type FP32, which must be BOOL"));
        assertThat(report.operators()).isEqualTo(3);
        assertThat(report.notes()).singleElement().asString().contains("scan output");
    }
}
