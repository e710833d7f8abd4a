package org.elasticvision.runtime.doctor.machine;

import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Health;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CLibraryTest {
    @ParameterizedTest
    @CsvSource({"glibc 2.31, BROKEN", "glibc 2.34, BROKEN", "glibc 2.35, OK", "glibc 2.41, OK", "glibc 3.0, OK"})
    void anOldOneIsFoundBeforeALibraryFails(String version, Health health) {
        Finding finding = SystemCheckup.cLibrary(version);
        assertThat(finding.health()).isEqualTo(health);
        if (health == Health.BROKEN) {
            assertThat(finding.remedy().orElseThrow()).startsWith("take a Linux with glibc 2.35 or newer");
        }
    }

    @Test
    void itsVersionIsNoneOrOneThatCanBeCompared() {
        assertThat(CLibrary.version().stream()).allMatch(version -> version.startsWith("glibc "));
        CLibrary.version().ifPresent(CLibrary::isNewEnough);
    }
}
