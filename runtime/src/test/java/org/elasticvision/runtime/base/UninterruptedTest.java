package org.elasticvision.runtime.base;

import java.io.IOException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UninterruptedTest {
    private static FutureTask<String> failing(Exception failure) {
        FutureTask<String> task = new FutureTask<>(() -> {
            throw failure;
        });
        task.run();
        return task;
    }

    @Test
    void whatTheWorkThrewIsThrownAsItIs() {
        ModelException refusal = new ModelException("no");
        assertThatThrownBy(() -> Uninterrupted.result(failing(refusal))).isSameAs(refusal);
        Error error = new StackOverflowError();
        FutureTask<String> task = new FutureTask<>(() -> {
            throw error;
        });
        task.run();
        assertThatThrownBy(() -> Uninterrupted.result(task)).isSameAs(error);
        assertThatThrownBy(() -> Uninterrupted.result(failing(new IOException("disk"))))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("disk");
    }

    @Test
    void anInterruptionWaitsForTheResultAndStays() {
        FutureTask<String> task = new FutureTask<>(() -> "done");
        Thread.currentThread().interrupt();
        new Thread(task).start();
        assertThat(Uninterrupted.result(task)).isEqualTo("done");
        assertThat(Thread.interrupted()).isTrue();
    }
}
