package org.elasticvision.convert.tensorrt.builder;

import java.util.List;
import java.util.ServiceLoader;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Health;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OnnxParserCheckupTest {
    @Test
    void theDoctorFindsIt() {
        assertThat(ServiceLoader.load(Checkup.class).stream().map(ServiceLoader.Provider::type))
                .contains(OnnxParserCheckup.class);
        assertThat(new OnnxParserCheckup().isolated()).isTrue();
    }

    /** Where TensorRT is not installed this must not throw, and where it is, the version has three parts. */
    @Test
    void thisMachine() {
        List<Finding> findings = new OnnxParserCheckup().examine();
        assertThat(findings).hasSizeLessThanOrEqualTo(1).allSatisfy(finding -> {
            assertThat(finding.name()).isEqualTo("TensorRT ONNX parser");
            if (finding.health() == Health.OK) {
                assertThat(finding.version().orElseThrow()).matches("\\d+\\.\\d+\\.\\d+");
            } else {
                assertThat(finding.detail()).isPresent();
            }
        });
    }
}
