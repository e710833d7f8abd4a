package org.elasticvision.runtime.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Health;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever checkups do, the doctor goes on. */
class DoctorTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private static List<Finding> examine(Duration timeout, Checkup... checkups) {
        return new Doctor(List.of(checkups), timeout).examine();
    }

    private static Finding examineOne(Duration timeout, Checkup checkup) {
        List<Finding> findings = examine(timeout, checkup);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @Test
    void findingsStandInTheOrderOfTheCheckups() {
        assertThat(examine(LONG, new FakeCheckup("later", 20, false), new FakeCheckup("sooner", 10, false)))
                .extracting(Finding::name)
                .containsExactly("sooner", "later");
    }

    @Test
    void aCheckupThatFailsIsAFinding() {
        Finding finding = examineOne(LONG, new FakeCheckup("failing", 1, false) {
            @Override
            public List<Finding> examine() {
                throw new IllegalStateException("outer", new UnsatisfiedLinkError("inner\nsecond line"));
            }
        });
        assertThat(finding.name()).isEqualTo("failing");
        assertThat(finding.health()).isEqualTo(Health.BROKEN);
        assertThat(finding.detail().orElseThrow())
                .isEqualTo("the check failed: java.lang.UnsatisfiedLinkError: inner second line");
    }

    static final class Whole extends FakeCheckup {
        Whole() {
            super("whole", 1, true);
        }

        @Override
        public List<Finding> examine() {
            System.out.println("what libraries print does no harm");
            return List.of(
                    new Finding(
                            "process",
                            Health.ABSENT,
                            Optional.of(String.valueOf(ProcessHandle.current().pid())),
                            Optional.of("ä → \"quoted\""),
                            Optional.of(System.getProperty("java.class.path"))),
                    Finding.ok("second"));
        }
    }

    @Test
    void anIsolatedCheckupRunsInAnotherProcessOnTheSameClassPath() {
        List<Finding> findings = examine(LONG, new Whole());
        assertThat(findings).extracting(Finding::name).containsExactly("process", "second");
        Finding process = findings.get(0);
        assertThat(process.health()).isEqualTo(Health.ABSENT);
        assertThat(process.version())
                .isPresent()
                .isNotEqualTo(Optional.of(String.valueOf(ProcessHandle.current().pid())));
        assertThat(process.detail()).hasValue("ä → \"quoted\"");
        assertThat(process.remedy()).hasValue(System.getProperty("java.class.path"));
    }

    static final class Halting extends FakeCheckup {
        Halting() {
            super("halting", 1, true);
        }

        @Override
        public List<Finding> examine() {
            System.err.println("terminate called after throwing an instance of 'c10::Error'");
            Runtime.getRuntime().halt(134);
            throw new AssertionError();
        }
    }

    @Test
    void aProcessThatIsAborted() {
        Finding finding = examineOne(LONG, new Halting());
        assertThat(finding.name()).isEqualTo("halting");
        assertThat(finding.health()).isEqualTo(Health.BROKEN);
        assertThat(finding.detail())
                .hasValue("crashed: exit code 134, SIGABRT (terminate called after throwing an instance of"
                        + " 'c10::Error')");
        assertThat(finding.remedy()).isPresent();
    }

    static final class Segfaulting extends FakeCheckup {
        Segfaulting() {
            super("segfaulting", 1, true);
        }

        private static final class Nowhere extends Pointer {
            Nowhere() {
                address = 8;
            }
        }

        @Override
        public List<Finding> examine() {
            try (Pointer nowhere = new Nowhere()) {
                Pointer.memset(nowhere, 1, 64);
                return List.of(Finding.ok("segfaulting").withDetail(String.valueOf(new BytePointer(nowhere).get())));
            }
        }
    }

    @Test
    void aLibraryThatCrashes() throws IOException {
        Finding finding = examineOne(LONG, new Segfaulting());
        assertThat(finding.health()).isEqualTo(Health.BROKEN);
        assertThat(finding.detail().orElseThrow()).matches("crashed: (SIGSEGV|EXCEPTION_ACCESS_VIOLATION) in .+");
        try (Stream<Path> files = Files.list(Path.of(""))) {
            assertThat(files).noneMatch(file -> file.toString().startsWith("hs_err"));
        }
    }

    static final class Sleeping extends FakeCheckup {
        Sleeping() {
            super("sleeping", 1, true);
        }

        @Override
        public List<Finding> examine() {
            try {
                Thread.sleep(Duration.ofHours(1).toMillis());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return super.examine();
        }
    }

    @Test
    void aProcessThatHangsIsStopped() {
        long start = System.nanoTime();
        List<Finding> findings = examine(Duration.ofSeconds(2), new Sleeping(), new FakeCheckup("other", 2, false));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        assertThat(findings).extracting(Finding::name).containsExactly("sleeping", "other");
        assertThat(findings.get(0).health()).isEqualTo(Health.BROKEN);
        assertThat(findings.get(0).detail()).hasValue("gave no answer within 2.0 s and was stopped");
        assertThat(ProcessHandle.current().descendants().map(ProcessHandle::info))
                .noneMatch(info -> info.arguments()
                        .map(arguments -> List.of(arguments).contains(Sleeping.class.getName()))
                        .orElse(false));
    }

    /** No object of it can be made in the child, as where the class path is not what Java says it is. */
    @Test
    void aProcessThatCannotBegin() {
        Finding finding = examineOne(LONG, new FakeCheckup("lost", 1, true) {});
        assertThat(finding.health()).isEqualTo(Health.BROKEN);
        assertThat(finding.detail().orElseThrow())
                .startsWith("crashed: exit code 1 (")
                .contains("NoSuchMethodException");
    }

    /** As under an emulator that runs one program only: nothing is known of the library, and nobody else is blamed. */
    @Test
    void aProcessThatCannotBeStarted() {
        String home = System.getProperty("java.home");
        System.setProperty("java.home", Path.of("nowhere").toAbsolutePath().toString());
        Finding finding;
        try {
            finding = examineOne(LONG, new Whole());
        } finally {
            System.setProperty("java.home", home);
        }
        assertThat(finding.name()).isEqualTo("whole");
        assertThat(finding.health()).isEqualTo(Health.BROKEN);
        assertThat(finding.detail().orElseThrow())
                .startsWith("not checked, as Java cannot start a process here: ")
                .contains("nowhere");
        assertThat(finding.remedy().orElseThrow()).contains("jspawnhelper").doesNotContain("temporary");
    }

    @Test
    void theDoctorOfAllModulesHasNoTwoCheckupsOfOneName() {
        List<String> names =
                Doctor.ofAllModules().checkups().stream().map(Checkup::name).toList();
        assertThat(names).doesNotHaveDuplicates().contains("ONNX Runtime", "OpenCV", "CUDA", "TensorRT");
    }
}
