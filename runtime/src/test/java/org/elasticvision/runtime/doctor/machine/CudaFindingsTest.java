package org.elasticvision.runtime.doctor.machine;

import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Health;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.GpuLibraries;
import org.elasticvision.runtime.gpu.SharedLibrary;
import org.elasticvision.runtime.gpu.SharedLibrary.Presence;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CudaFindingsTest {
    private static final Gpu H100 = new Gpu("NVIDIA H100 80GB HBM3", 9, 0, 85_000_000_000L);
    private static final Gpu V100 = new Gpu("Tesla V100", 7, 0, 16_000_000_000L);
    private static final NvidiaDevices GIVEN = new NvidiaDevices(Optional.of("580.65.06"), true);
    private static final NvidiaDevices NONE = new NvidiaDevices(Optional.empty(), false);

    private static Cuda.Status status(String driver, String runtime, String problem, Gpu... gpus) {
        return new Cuda.Status(
                List.of(gpus), Optional.ofNullable(driver), Optional.ofNullable(runtime), Optional.ofNullable(problem));
    }

    private static List<Finding> findings(Cuda.Status status, NvidiaDevices devices, Presence driver) {
        SharedLibrary library = new SharedLibrary(
                GpuLibraries.DRIVER, driver, driver == Presence.BROKEN ? "libcuda.so.1: wrong ELF class" : "");
        Finding runtime = status.runtimeVersion()
                .map(version -> Finding.ok("CUDA runtime").withVersion(version))
                .orElse(Finding.absent("CUDA runtime", "not installed"));
        return CudaFindings.of(status, devices, library, runtime);
    }

    private static List<Health> states(List<Finding> findings) {
        return findings.stream().map(Finding::health).toList();
    }

    @Test
    void everyGpuIsALine() {
        List<Finding> findings = findings(status("13.1", "13.1", null, H100, V100), GIVEN, Presence.LOADS);
        assertThat(findings)
                .extracting(Finding::name)
                .containsExactly("NVIDIA driver", "CUDA runtime", "GPU 0", "GPU 1");
        assertThat(states(findings)).containsExactly(Health.OK, Health.OK, Health.OK, Health.ABSENT);
        assertThat(findings.get(0).version()).hasValue("580.65.06");
        assertThat(findings.get(0).detail()).hasValue("for CUDA up to 13.1");
        assertThat(findings.get(2).detail()).hasValue("NVIDIA H100 80GB HBM3, compute capability 9.0, 85.0 GB");
        assertThat(findings.get(3).detail().orElseThrow()).endsWith("too old, CUDA 13 is for 7.5 and later");
    }

    @Test
    void aMachineWithoutAnythingIsNotBroken() {
        List<Finding> findings = findings(status(null, null, "no libraries; install"), NONE, Presence.MISSING);
        assertThat(states(findings)).containsExactly(Health.ABSENT, Health.ABSENT, Health.ABSENT);
        assertThat(findings.get(0).remedy().orElseThrow()).contains("580", "--gpus all");
        assertThat(findings.get(2).detail()).hasValue("none that CUDA can use: networks run on the CPU");
    }

    /** As in a container of an image with CUDA, to which no GPU was given. */
    @Test
    void aDriverWithoutAGpuIsNotBroken() {
        List<Finding> findings = findings(
                status("13.1", "13.1", "CUDA finds no usable GPU (no CUDA-capable device is detected)"),
                new NvidiaDevices(Optional.of("580.65.06"), false),
                Presence.LOADS);
        assertThat(states(findings)).containsExactly(Health.OK, Health.OK, Health.ABSENT);
    }

    @Test
    void aGpuThatCudaCannotUseIsBroken() {
        List<Finding> findings =
                findings(status("13.1", "13.1", "CUDA finds no usable GPU (unknown error)"), GIVEN, Presence.LOADS);
        assertThat(states(findings)).containsExactly(Health.OK, Health.OK, Health.BROKEN);
        assertThat(findings.get(2).detail()).hasValue("CUDA finds no usable GPU (unknown error)");
        assertThat(findings.get(2).remedy().orElseThrow()).contains("nvidia-smi");
    }

    @Test
    void anOldDriverIsBroken() {
        Finding driver = findings(status("12.4", "13.1", "insufficient driver"), GIVEN, Presence.LOADS)
                .get(0);
        assertThat(driver.health()).isEqualTo(Health.BROKEN);
        assertThat(driver.detail()).hasValue("is too old: for CUDA up to 12.4");
        assertThat(driver.remedy().orElseThrow()).contains("580 or later");
    }

    @Test
    void aGpuWithoutTheDriversLibraryIsBroken() {
        List<Finding> findings = findings(status(null, null, "no libraries"), GIVEN, Presence.MISSING);
        assertThat(states(findings)).containsExactly(Health.BROKEN, Health.ABSENT, Health.ABSENT);
        assertThat(findings.get(0).detail()).hasValue("the kernel has it, but libcuda.so.1 is not found");
        assertThat(findings.get(2).detail().orElseThrow()).startsWith("there is one");
    }

    @Test
    void aDriverWithoutCudaIsFine() {
        List<Finding> findings = findings(status(null, null, "no libraries"), GIVEN, Presence.LOADS);
        assertThat(states(findings)).containsExactly(Health.OK, Health.ABSENT, Health.ABSENT);
    }

    @Test
    void aDriverThatDoesNotLoadIsBroken() {
        Finding driver = findings(status(null, null, "no libraries"), NONE, Presence.BROKEN)
                .get(0);
        assertThat(driver.health()).isEqualTo(Health.BROKEN);
        assertThat(driver.detail()).hasValue("is there and does not load: libcuda.so.1: wrong ELF class");
    }

    /** libcuda.so.1 of the toolkit's stubs. */
    @Test
    void aDriverThatDoesNotAnswerIsBrokenWhereThereIsAGpu() {
        Cuda.Status status = status(null, "13.1", "there is no NVIDIA driver");
        assertThat(findings(status, GIVEN, Presence.LOADS).get(0).health()).isEqualTo(Health.BROKEN);
        assertThat(findings(status, NONE, Presence.LOADS).get(0).health()).isEqualTo(Health.ABSENT);
    }
}
