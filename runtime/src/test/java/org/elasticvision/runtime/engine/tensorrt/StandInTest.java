package org.elasticvision.runtime.engine.tensorrt;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.IRuntime;
import org.elasticvision.runtime.engine.tensorrt.natives.TensorRtLog;
import org.elasticvision.runtime.engine.tensorrt.natives.TensorRtObjects;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.TensorRt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The real bridges from Java to CUDA and TensorRT, over libraries that stand in for NVIDIA's. */
@EnabledOnOs(OS.LINUX)
class StandInTest {
    @TempDir
    Path folder;

    @Test
    void aDriverWithoutAGpu() throws Exception {
        StandIns.Result result = StandIns.driverWithoutGpu(folder).java(PrintStatus.class);
        assertThat(result.exitCode()).as(result.err()).isZero();
        Cuda.Status expected = new Cuda.Status(
                List.of(),
                Optional.of("13.2"),
                Optional.of("13.1"),
                Optional.of("CUDA finds no usable GPU (no CUDA-capable device is detected)"));
        assertThat(result.out().lines()).containsExactly(expected.toString(), expected.toString());
        assertThat(result.err()).isEmpty();
    }

    @Test
    void tensorRtLogsAndItsObjectsAreDeleted() throws Exception {
        StandIns.Result result = StandIns.driverWithoutGpu(folder).andTensorRt().java(MakeAndDelete.class);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "10.15.1",
                        "errors [an error]",
                        "deleted",
                        "null",
                        "errors [an error, an error]",
                        "deleted",
                        "null",
                        "errors [an error, an error, an error]",
                        "deleted",
                        "null");
        assertThat(result.err().lines())
                .filteredOn(line -> line.startsWith("WARNING"))
                .hasSize(3);
        assertThat(result.err()).contains("a warning").doesNotContain("how it goes on");
    }

    /** Asks twice, as the second time another class of Java's errors comes. */
    static final class PrintStatus {
        public static void main(String[] args) {
            System.out.println(Cuda.status());
            System.out.println(Cuda.status());
        }
    }

    /** Makes objects as TensorRT's factories do and deletes each. */
    static final class MakeAndDelete {
        public static void main(String[] args) {
            System.out.println(TensorRt.status().version().orElseThrow());
            TensorRtLog log = new TensorRtLog();
            IntStream.range(0, 3).forEach(i -> {
                IRuntime runtime = nvinfer.createInferRuntime(log);
                System.out.println("errors " + log.errors());
                System.out.flush();
                TensorRtObjects.delete(runtime);
                TensorRtObjects.delete(runtime);
                System.out.println(runtime.isNull() ? "null" : "still there");
            });
            log.close();
        }
    }
}
