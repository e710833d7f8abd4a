package org.elasticvision.runtime.io;

import java.io.IOException;

/** Something that is done with a value and may fail with an {@link IOException}. */
@FunctionalInterface
public interface IOConsumer<T> {
    void accept(T value) throws IOException;
}
