package org.elasticvision.runtime.base;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the loaders of other systems say, which cannot be had here, in words that help. */
class LinkErrorsTest {
    private static final String OLD =
            "/tmp/libopencv_imgproc.so.413: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.35' not found (required"
                    + " by /tmp/libopencv_imgproc.so.413)";

    /** JavaCPP's own message says nothing; the loader's is its cause. */
    @Test
    void anOldLinuxIsNamed() {
        UnsatisfiedLinkError error = new UnsatisfiedLinkError("no jniopencv_imgproc in java.library.path: /usr/lib");
        error.initCause(new UnsatisfiedLinkError(OLD));
        assertThat(LinkErrors.text(new ExceptionInInitializerError(error)))
                .isEqualTo(
                        "this Linux is too old: the library wants glibc 2.35; take one with glibc 2.35 or newer, such"
                                + " as Ubuntu 22.04, Debian 12, Fedora 36 or RHEL 10 (" + OLD + ")");
        assertThat(LinkErrors.text(new UnsatisfiedLinkError(
                        "libtorch.so: /lib64/libstdc++.so.6: version `GLIBCXX_3.4.30' not found"
                                + " (required by libtorch.so)")))
                .startsWith(
                        "this Linux is too old: the library wants libstdc++ with GLIBCXX_3.4.30; take one with glibc"
                                + " 2.35");
    }

    @Test
    void anotherCLibraryIsNamed() {
        assertThat(LinkErrors.text(new UnsatisfiedLinkError(
                        "libonnxruntime.so: Error loading shared library ld-linux-x86-64.so.2: No such"
                                + " file or directory")))
                .startsWith(
                        "this Linux has another C library than glibc, such as Alpine's musl; take one with glibc 2.35");
    }

    @Test
    void tooLittleMemoryIsNamed() {
        assertThat(LinkErrors.text(new UnsatisfiedLinkError(
                        "libjnitorch.so: libtorch_cpu.so: failed to map segment from shared object")))
                .startsWith("a limit leaves too little memory for it (ulimit -v), or its folder is mounted noexec");
    }

    @Test
    void whatIsNotKnownIsPassedOn() {
        assertThat(LinkErrors.text(new UnsatisfiedLinkError("libx.so: undefined symbol: y\nz")))
                .isEqualTo("java.lang.UnsatisfiedLinkError: libx.so: undefined symbol: y");
    }
}
