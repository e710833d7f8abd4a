package org.elasticvision.runtime.doctor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CLibraryTest {
    @ParameterizedTest
    @CsvSource({"glibc 2.31, BROKEN", "glibc 2.34, BROKEN", "glibc 2.35, OK", "glibc 2.41, OK", "glibc 3.0, OK"})
    void anOldOneIsFoundBeforeALibraryFails(String version, State state) {
        Finding finding = SystemCheckup.cLibrary(version);
        assertThat(finding.state()).isEqualTo(state);
        if (state == State.BROKEN) {
            assertThat(finding.remedy().orElseThrow()).startsWith("take a Linux with glibc 2.35 or newer");
        }
    }

    @Test
    void itsVersionIsNoneOrOneThatCanBeCompared() {
        assertThat(CLibrary.version().stream()).allMatch(version -> version.startsWith("glibc "));
        CLibrary.version().ifPresent(CLibrary::isNewEnough);
    }
}
