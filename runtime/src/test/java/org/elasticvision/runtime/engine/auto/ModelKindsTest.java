package org.elasticvision.runtime.engine.auto;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.choice.ModelKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ModelKindsTest {
    @TempDir
    Path folder;

    /** Nodes as many as a network has; nobody runs them. */
    private static OnnxFile graph(String nodes) {
        OnnxFile file = new OnnxFile().input("image", 1, 3, 4, 4).output("last", 1, 3);
        int count = 0;
        for (String kind : nodes.split(" ")) {
            String[] parts = kind.split("[*/]"); // such as 12*Conv/32, twelve of 32 groups
            Map<String, Integer> attributes = parts.length > 2 ? Map.of("group", Integer.parseInt(parts[2])) : Map.of();
            for (int i = 0; i < Integer.parseInt(parts[0]); i++) {
                file.node(parts[1], List.of("image"), "node" + count++, attributes);
            }
        }
        return file;
    }

    private ModelKind of(OnnxFile file) {
        return ModelKinds.of(file.write(folder.resolve("net.onnx"))).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "37*Conv 16*Conv/32 16*Add 1*MaxPool, resnext in fp32",
        "88*Conv 34*Conv/32 39*Add 17*Resize, resnext_elastic in fp32",
        "69*Conv 16*Conv/32 16*Add 16*Sigmoid, se_resnext in fp32",
        "75*Conv 22*Conv/32 8*Concat 11*Resize, dla_elastic in fp32",
        "200*Conv 98*Concat, densenet in fp32",
        "53*Conv 16*Add, other in fp32",
        "40*Conv 3*Conv/512 2*Resize, other in fp32", // channels by themselves; a head that enlarges
        "53*Conv 16*Add 70*QuantizeLinear 180*DequantizeLinear, other in int8",
        "1*Gemm, other in fp32"
    })
    void ofAForeignFile(String nodes, String kind) {
        assertThat(of(graph(nodes))).hasToString(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "resnext50, resnext",
        "resnext_tiny_elastic, resnext_elastic",
        "se_resnext50_elastic, se_resnext_elastic",
        "dla102x, dla",
        "densenet201_elastic, densenet_elastic",
        "resnet18, other"
    })
    void ofAModelOfThisLibrary(String architecture, String kind) {
        OnnxFile file = graph("1*Conv")
                .metadata(Map.of(
                        "elastic.architecture",
                        architecture,
                        "elastic.precision",
                        "int8",
                        "elastic.labels",
                        "x".repeat(100_000)));
        assertThat(of(file)).hasToString(kind + " in int8");
    }

    @Test
    void ofWhatIsNoModel() throws Exception {
        Path text = Files.writeString(folder.resolve("net.onnx"), "not a model");
        assertThat(ModelKinds.of(text)).isEmpty();
    }
}
