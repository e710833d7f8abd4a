package org.elasticvision.runtime.doctor;

import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RemediesTest {
    /** They are copied into build files. */
    @Test
    void theyNameTheVersionsOfThisBuild() {
        assertThat(Remedies.onnxRuntimeGpu()).containsPattern("onnxruntime_gpu:\\d+\\.\\d+\\.\\d+ ");
        assertThat(Remedies.torchGpu())
                .containsPattern("org\\.bytedeco:pytorch:[\\d.]+-[\\d.]+ ")
                .contains(Loader.getPlatform() + "-gpu");
        assertThat(Remedies.tensorRt()).containsPattern("TensorRT \\d+\\.\\d+ or a later \\d+ for CUDA \\d+ ");
        assertThat(Remedies.cudaToolkit()).containsPattern("CUDA \\d+\\.\\d+ .*cuda-libraries-\\d+-\\d+");
        assertThat(Remedies.cudnn()).containsPattern("cudnn\\d+-cuda-\\d+");
    }

    @Test
    void theBuildPutTheVersionsIn() {
        assertThat(Stream.of("onnxruntime", "opencv", "openblas", "javacpp", "pytorch", "cuda", "tensorrt"))
                .allSatisfy(
                        artifact -> assertThat(Dependencies.version(artifact)).matches("\\d+\\.[\\d.-]*\\d"));
        assertThatThrownBy(() -> Dependencies.version("none")).hasMessageContaining("none");
    }
}
