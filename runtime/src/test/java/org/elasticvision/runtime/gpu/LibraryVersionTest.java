package org.elasticvision.runtime.gpu;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LibraryVersionTest {
    @Test
    void numbersAreVersions() {
        assertThat(LibraryVersion.of(() -> 101501)).hasValue("10.15.1");
        assertThat(LibraryVersion.of(() -> 110000)).hasValue("11.0.0");
        assertThat(LibraryVersion.of(() -> 91900)).hasValue("9.19.0");
    }

    @Test
    void aLibraryThatIsNotThereHasNone() {
        assertThat(LibraryVersion.of(() -> {
                    throw new UnsatisfiedLinkError("in a test");
                }))
                .isEmpty();
    }
}
