package org.elasticvision.runtime.base;

import java.io.IOException;

/** Something that is done with a value and may fail with an {@link IOException}. */
@FunctionalInterface
public interface IOConsumer<T> {
    /**
     * Does it.
     *
     * @param value what it is done to
     * @throws IOException if that fails
     */
    void accept(T value) throws IOException;
}
