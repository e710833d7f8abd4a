package org.elasticvision.runtime.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Seeds that are resources of the tests. */
public final class SeedFiles {
    private SeedFiles() {}

    /** The bytes of resources in the folder of a class. */
    public static List<byte[]> of(Class<?> beside, String... names) {
        List<byte[]> all = new ArrayList<>();
        for (String name : names) {
            try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
                all.add(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }
}
