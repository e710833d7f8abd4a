package org.elasticvision.runtime.doctor.checkup;

import java.util.Optional;
import org.elasticvision.runtime.gpu.GpuLibraries;
import org.elasticvision.runtime.gpu.GpuLibrary;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.MissingLibrary;
import org.elasticvision.runtime.gpu.SharedLibrary;
import org.elasticvision.runtime.gpu.SharedLibrary.Presence;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NvidiaLibraryTest {
    private static final NvidiaLibrary LIBRARY = new NvidiaLibrary(
            "TensorRT",
            "tensorrt",
            "org.bytedeco.tensorrt.global.nvinfer",
            "libnvinfer.so.10",
            GpuPart.TENSORRT,
            "install it");
    private static final SharedLibrary DRIVER = new SharedLibrary("libcuda.so.1", Presence.LOADS, "");
    private static final SharedLibrary NO_DRIVER = new SharedLibrary("libcuda.so.1", Presence.MISSING, "");

    private static SharedLibrary library(Presence presence, String message) {
        return new SharedLibrary("libnvinfer.so.10", presence, message);
    }

    @Test
    void aVersionIsAllThatIsToBeKnown() {
        assertThat(LIBRARY.finding(Optional.of("10.15.1")))
                .isEqualTo(Finding.ok("TensorRT").withVersion("10.15.1"));
    }

    @Test
    void withoutTheBridgeItCannotBeUsed() {
        NvidiaLibrary other = new NvidiaLibrary(
                "X", "tensorrt", "org.bytedeco.nothing.of", "libx.so", GpuPart.TENSORRT, "install it");
        Finding finding = other.finding(Optional.empty());
        assertThat(finding.health()).isEqualTo(Health.ABSENT);
        assertThat(finding.remedy().orElseThrow())
                .startsWith("add the dependency org.bytedeco:tensorrt:" + Dependencies.version("tensorrt"));
    }

    @Test
    void whatIsNotInstalledIsAbsent() {
        Finding finding = LIBRARY.withoutBridge(NO_DRIVER, library(Presence.MISSING, ""), Optional.empty());
        assertThat(finding)
                .isEqualTo(Finding.absent("TensorRT", "not installed: libnvinfer.so.10 is not found")
                        .withRemedy("install it"));
    }

    @Test
    void whatIsInstalledAndDoesNotLoadIsBroken() {
        Finding finding = LIBRARY.withoutBridge(
                DRIVER, library(Presence.BROKEN, "libcublas.so.13: cannot open shared object file"), Optional.empty());
        assertThat(finding.health()).isEqualTo(Health.BROKEN);
        assertThat(finding.detail().orElseThrow()).contains("libcublas.so.13");
        assertThat(LIBRARY.withoutBridge(DRIVER, library(Presence.LOADS, ""), Optional.empty())
                        .health())
                .isEqualTo(Health.BROKEN);
    }

    /** No GPU, no harm. */
    @Test
    void withoutADriverNothingIsBroken() {
        assertThat(LIBRARY.withoutBridge(NO_DRIVER, library(Presence.LOADS, ""), Optional.empty()))
                .isEqualTo(Finding.absent("TensorRT", "libnvinfer.so.10 is there; using it takes NVIDIA's driver"));
        assertThat(LIBRARY.withoutBridge(
                                NO_DRIVER,
                                library(Presence.BROKEN, "libcuda.so.1: cannot open shared object file"),
                                Optional.empty())
                        .health())
                .isEqualTo(Health.ABSENT);
    }

    /** TensorRT is there, and Java's bridge to it needs more. */
    @Test
    void whatElseIsMissingIsNamed() {
        GpuLibrary cublas = GpuLibraries.of(GpuPart.TENSORRT).get(1);
        Optional<MissingLibrary> missing = Optional.of(new MissingLibrary(cublas, cublas.fileName() + " is not found"));
        Finding expected = Finding.broken("TensorRT", "libnvinfer.so.10 is there, but libcublasLt.so.13 is not found")
                .withRemedy(cublas.remedy());
        assertThat(LIBRARY.withoutBridge(DRIVER, library(Presence.LOADS, ""), missing))
                .isEqualTo(expected);
        assertThat(LIBRARY.withoutBridge(NO_DRIVER, library(Presence.LOADS, ""), missing)
                        .health())
                .isEqualTo(Health.ABSENT);
        assertThat(cublas.remedy()).contains("pip's nvidia-cublas==13.*", "NVIDIA's package libcublas-13-1");
    }
}
