package org.elasticvision.runtime.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.onnx.file.OnnxProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NodeTimeTest {
    private static final float[][] WEIGHTS = {{1, 0, 0}, {0, 1, 0}};

    @TempDir
    Path folder;

    private Path classifier(int batch) {
        return TinyNetworks.classifier(batch, 4, 4, WEIGHTS, new float[] {0, 0}).write(folder.resolve("m.onnx"));
    }

    @Test
    void measuresEachNode() {
        List<NodeTime> times = NodeTime.of(classifier(-1), Provider.CPU).measure(new EngineOptions(1), 3, 4);
        assertThat(times).extracting(NodeTime::operator).contains("GlobalAveragePool", "Gemm");
        assertThat(times).extracting(NodeTime::node).contains("pooled");
        assertThat(times).allMatch(time -> time.milliseconds() >= 0);
        assertThat(NodeTime.of(classifier(2), Provider.CPU).measure(new EngineOptions(1), 1, 1))
                .isNotEmpty();
    }

    @Test
    void refusesEngines() throws IOException {
        Path engine = Files.writeString(folder.resolve("m.engine"), "ftrt");
        assertThatThrownBy(() -> NodeTime.of(engine, Provider.CPU).measure(EngineOptions.defaults(), 1, 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("m.engine is a TensorRT engine")
                .hasMessageContaining("give the .onnx file");
    }

    @Test
    void takesTheMedianWithoutTheFirstRuns() throws IOException {
        Path profile = Files.writeString(
                folder.resolve("p.json"),
                """
                [
                {"cat":"Session","name":"model_loading_uri","ph":"X","dur":900,"args":{}},
                {"cat":"Node","name":"a_fence_before","dur":99,"args":{"op_name":"Conv"}},
                {"cat":"Node","name":"a_kernel_time","dur":5000,"args":{"op_name":"Conv"}},
                {"cat":"Node","name":"a_kernel_time","dur":10,"args":{"op_name":"Conv"}},
                {"cat":"Node","name":"b_kernel_time","dur":8000,"args":{"op_name":"Relu"}},
                {"cat":"Node","name":"a_kernel_time","dur":30,"args":{"op_name":"Conv"}},
                {"cat":"Node","name":"b_kernel_time","dur":500,"args":{"op_name":"Relu"}},
                {"cat":"Node","name":"c_kernel_time","dur":700,"args":{"op_name":"Add"}}
                ]""");
        assertThat(OnnxProfile.read(profile, 1))
                .containsExactly(new NodeTime("b", "Relu", 0.5), new NodeTime("a", "Conv", 0.02));
    }

    @Test
    void saysWhereAProfileIsNone() throws IOException {
        Path profile = Files.writeString(folder.resolve("p.json"), "[{");
        assertThatThrownBy(() -> OnnxProfile.read(profile, 0))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith("the profile that ONNX Runtime wrote cannot be read");
    }
}
