package org.elasticvision.runtime.gpu;

/**
 * A library that a part needs and that does not load.
 *
 * @param library which
 * @param problem what is wrong with it, such as {@code libcudart.so.13 is not found}
 */
public record MissingLibrary(GpuLibrary library, String problem) {
    static MissingLibrary of(GpuLibrary library, SharedLibrary found) {
        return new MissingLibrary(
                library,
                found.presence() == SharedLibrary.Presence.MISSING
                        ? library.fileName() + " is not found"
                        : library.fileName() + " does not load (" + found.message() + ")");
    }

    /** {@return what is wrong and what to install, one line} */
    @Override
    public String toString() {
        return problem + "; " + library.remedy();
    }
}
