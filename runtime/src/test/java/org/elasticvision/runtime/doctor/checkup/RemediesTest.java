package org.elasticvision.runtime.doctor.checkup;

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
        String tensorRt = Dependencies.version("tensorrt").replaceAll("-.*", "") + ".";
        assertThat(Remedies.tensorRt()) // without a version, package managers bring TensorRT 11
                .contains(
                        "tensorrt-cu13-libs==" + tensorRt,
                        "libnvinfer10=" + tensorRt,
                        "libnvonnxparsers10=" + tensorRt);
    }

    @Test
    void theBuildPutTheVersionsIn() {
        assertThat(Stream.of("onnxruntime", "opencv", "openblas", "javacpp", "pytorch", "cuda", "tensorrt"))
                .allSatisfy(
                        artifact -> assertThat(Dependencies.version(artifact)).matches("\\d+\\.[\\d.-]*\\d"));
        assertThatThrownBy(() -> Dependencies.version("none")).hasMessageContaining("none");
    }
}
