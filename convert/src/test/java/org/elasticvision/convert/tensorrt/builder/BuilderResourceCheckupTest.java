package org.elasticvision.convert.tensorrt.builder;

import java.util.List;
import java.util.ServiceLoader;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Health;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.SharedLibrary;
import org.elasticvision.runtime.gpu.SharedLibrary.Presence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BuilderResourceCheckupTest {
    private static final Gpu H100 = new Gpu("NVIDIA H100 80GB HBM3", 9, 0, 85_000_000_000L);

    @ParameterizedTest
    @CsvSource({"7, 5, sm75", "8, 6, sm86", "8, 7, sm86", "8, 9, sm89", "9, 0, sm90", "10, 0, sm100", "12, 0, sm120"})
    void theFileOfAGpu(int major, int minor, String name) {
        assertThat(BuilderResource.fileName(new Gpu("a GPU", major, minor, 1), "10.15.1"))
                .isEqualTo("libnvinfer_builder_resource_" + name + ".so.10.15.1");
    }

    @Test
    void whereItIsMissingThePinnedPackageIsNamed() {
        List<Finding> findings = BuilderResourceCheckup.findings(
                List.of(H100, H100), "10.15.1", file -> new SharedLibrary(file, Presence.MISSING, ""));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.health()).isEqualTo(Health.ABSENT);
            assertThat(finding.name()).isEqualTo("TensorRT builder resource");
            assertThat(finding.detail().orElseThrow())
                    .startsWith("libnvinfer_builder_resource_sm90.so.10.15.1 is not found");
            assertThat(finding.remedy().orElseThrow())
                    .contains("tensorrt-cu13-libs==10.15.1.29", "libnvinfer10=10.15.1.29-1+cuda13.1");
        });
    }

    @Test
    void oneLineForEachKindOfGpu() {
        List<Finding> findings = BuilderResourceCheckup.findings(
                List.of(H100, new Gpu("NVIDIA A10", 8, 6, 1)),
                "10.15.1",
                file -> new SharedLibrary(file, file.contains("sm90") ? Presence.LOADS : Presence.BROKEN, "damaged"));
        assertThat(findings).extracting(Finding::health).containsExactly(Health.OK, Health.BROKEN);
        assertThat(findings).extracting(Finding::name).doesNotHaveDuplicates();
    }

    @Test
    void theDoctorFindsItAndWithoutAGpuItIsSilent() {
        assertThat(ServiceLoader.load(Checkup.class).stream().map(ServiceLoader.Provider::type))
                .contains(BuilderResourceCheckup.class);
        assertThat(BuilderResourceCheckup.findings(List.of(), "10.15.1", file -> null))
                .isEmpty();
    }

    /** The flag of TensorRT 10 for types as they stand in the file; in 11 there are no others. */
    @Test
    void networksAreStronglyTyped() {
        assertThat(NetworkParser.flags("10")).isEqualTo(2);
        assertThat(NetworkParser.flags("11")).isZero();
    }
}
