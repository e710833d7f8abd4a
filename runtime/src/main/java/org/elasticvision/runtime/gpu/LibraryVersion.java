package org.elasticvision.runtime.gpu;

import java.util.Optional;
import java.util.function.LongSupplier;

/** The version of a library of NVIDIA's, which may not be there. */
public final class LibraryVersion {
    private LibraryVersion() {}

    /**
     * Asks the library, which loads it. Never fails.
     *
     * @param number calls the library, best in a nested class, so that the class around it always loads
     * @return such as {@code 10.15.1}; empty where the library or its Java classes are missing
     */
    public static Optional<String> of(LongSupplier number) {
        try {
            return Optional.of(text(number.getAsLong()));
        } catch (LinkageError e) { // of a class first UnsatisfiedLinkError, from then on NoClassDefFoundError
            return Optional.empty();
        }
    }

    /** NVIDIA's number for a version, such as 101501, as people write it. */
    static String text(long number) {
        return number / 10000 + "." + number / 100 % 100 + "." + number % 100;
    }
}
