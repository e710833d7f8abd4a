package org.elasticvision.train.torch.device;

import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.doctor.Doctor;
import org.elasticvision.runtime.doctor.checkup.Dependencies;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Health;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TorchCheckupTest {
    @Test
    void theCudaBuildAndTheGpu() {
        assertThat(TorchCheckup.cuda(false, 0, false).remedy().orElseThrow())
                .contains("-Pcuda", "org.bytedeco:pytorch:", "-gpu");
        assertThat(TorchCheckup.cuda(true, 0, false).health()).isEqualTo(Health.ABSENT);
        assertThat(TorchCheckup.cuda(true, 0, true).health()).isEqualTo(Health.BROKEN);
        assertThat(TorchCheckup.cuda(true, 2, true))
                .isEqualTo(Finding.ok("LibTorch CUDA").withDetail("2 GPUs"));
    }

    @Test
    void theTrueReasonWhyItDoesNotLoad() {
        Finding missing = TorchCheckup.notLoaded(
                new ExceptionInInitializerError(new ElasticVisionException("libcupti.so.13 is not found; install it")));
        assertThat(missing).isEqualTo(Finding.broken("LibTorch", "libcupti.so.13 is not found; install it"));
        UnsatisfiedLinkError outer = new UnsatisfiedLinkError("no jnitorch in java.library.path");
        outer.initCause(new UnsatisfiedLinkError("libx.so: cannot open shared object file"));
        assertThat(TorchCheckup.notLoaded(outer).detail().orElseThrow()).contains("libx.so: cannot open");
    }

    @Test
    void theVersionStandsAmongMuchElse() {
        assertThat(TorchCheckup.version("PyTorch built with:\n  - GCC 13.3\n  - Build settings: BUILD_TYPE=Release,"
                        + " TORCH_VERSION=2.10.0, USE_CUDA=0, "))
                .isEqualTo("2.10.0");
        assertThat(TorchCheckup.version("PyTorch")).isEqualTo("unknown");
    }

    /** Each in a process of its own; the tests of this module run with LibTorch, so the doctor must find it. */
    @Test
    void theDoctorHasTheCheckupsOfAllModules() {
        List<Finding> findings = Doctor.ofAllModules().examine();
        assertThat(findings)
                .extracting(Finding::name)
                .contains("ONNX Runtime", "OpenCV", "LibTorch", "LibTorch CUDA")
                .doesNotHaveDuplicates();
        Finding torch = findings.stream()
                .filter(finding -> finding.name().equals("LibTorch"))
                .findFirst()
                .orElseThrow();
        assertThat(torch.health()).isEqualTo(Health.OK);
        assertThat(Dependencies.version("pytorch")).startsWith(torch.version().orElseThrow() + "-");
        assertThat(torch.detail().orElseThrow()).contains("build, computes with ", " threads");
    }

    @Test
    void aLittleComputing() {
        List<Finding> findings = new TorchCheckup().examine();
        assertThat(findings).extracting(Finding::health).first().isEqualTo(Health.OK);
        assertThat(findings.get(0).detail().orElseThrow())
                .contains(torch.get_cpu_capability().getString());
    }
}
