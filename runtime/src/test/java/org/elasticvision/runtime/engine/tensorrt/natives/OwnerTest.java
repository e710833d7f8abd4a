package org.elasticvision.runtime.engine.tensorrt.natives;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.base.ModelException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Nothing is freed twice, and a failure leaves nothing behind. */
class OwnerTest {
    private final List<String> freed = new ArrayList<>();
    private final Owner owner = new Owner();

    @Test
    void freesTheLastMadeFirstAndOnce() {
        owner.add(() -> freed.add("log"));
        owner.own(() -> freed.add("runtime"));
        owner.add(() -> freed.add("engine"));
        owner.close();
        owner.close();
        assertThat(freed).containsExactly("engine", "runtime", "log");
    }

    @Test
    void oneFailureDoesNotKeepTheOthers() {
        owner.add(() -> freed.add("log"));
        owner.add(() -> fail("runtime"));
        owner.add(() -> freed.add("engine"));
        owner.add(() -> fail("context"));
        assertThatThrownBy(owner::close).hasMessage("context").satisfies(e -> assertThat(e.getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("runtime"));
        assertThat(freed).containsExactly("engine", "log");
    }

    @Test
    void afterAFailureThatFailureIsTheOneThatCounts() {
        owner.add(() -> fail("buffer"));
        owner.add(() -> freed.add("stream"));
        ModelException first = new ModelException("out of memory");
        owner.closeAfter(first);
        assertThat(freed).containsExactly("stream");
        assertThat(first.getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("buffer");
    }

    private static void fail(String what) {
        throw new ModelException(what);
    }
}
