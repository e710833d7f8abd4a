package org.elasticvision.runtime.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** That a fault is seen: a fuzzer that sees none proves nothing. */
class FuzzRunTest {
    private static final byte[] BAD = "bad".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    /** Does what is asked where the file is bad. */
    private FuzzRun run(FuzzTarget.Reader reader) throws IOException {
        return run(ModelException.class, reader);
    }

    private FuzzRun run(Class<? extends RuntimeException> refusal, FuzzTarget.Reader reader) throws IOException {
        return new FuzzRun(
                new FuzzTarget(
                        "bad", "a/b.txt", refusal, made -> List.of("good".getBytes(StandardCharsets.UTF_8)), file -> {
                            if (Files.size(file) == BAD.length) {
                                reader.read(file);
                            }
                        }),
                folder);
    }

    private static FuzzTarget.Reader throwing(RuntimeException exception) {
        return file -> {
            throw exception;
        };
    }

    @Test
    void whatIsDocumentedPasses() throws IOException {
        try (FuzzRun run = run(throwing(new ModelException("b.txt is bad; copy it again")))) {
            assertThatCode(() -> run.run(BAD)).doesNotThrowAnyException();
            assertThatCode(run::requireNothingLeft).doesNotThrowAnyException();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void otherExceptionsAreFaults() throws IOException {
        for (RuntimeException other :
                List.of(new IllegalStateException("x"), new ElasticVisionException("documented elsewhere"))) {
            try (FuzzRun run = run(throwing(other))) {
                assertThatThrownBy(() -> run.run(BAD)).isSameAs(other);
            }
        }
    }

    @Test
    void errorsAreFaults() throws IOException {
        try (FuzzRun run = run(file -> {
            throw new OutOfMemoryError("of a length that the file declares");
        })) {
            assertThatThrownBy(() -> run.run(BAD)).isInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void aRefusalIsOneLine() throws IOException {
        for (String message : List.of("one\nother", " ")) {
            try (FuzzRun run = run(IllegalStateException.class, throwing(new IllegalStateException(message)))) {
                assertThatThrownBy(() -> run.run(BAD)).hasMessageStartingWith("refuses in other than one line");
            }
        }
    }

    @Test
    void filesThatStayAreFaults() throws IOException {
        try (FuzzRun run = run(file -> Files.write(file.resolveSibling("left.tmp"), BAD))) {
            run.run(BAD);
            assertThatThrownBy(run::requireNothingLeft).hasMessageContaining("left.tmp");
        }
    }

    @Test
    void threadsThatStayAreFaults() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (FuzzRun run = run(file -> waiting(end).start())) {
            run.run(BAD);
            assertThatThrownBy(run::requireNothingLeft).hasMessageContaining("stays");
        } finally {
            end.countDown();
        }
    }

    private static Thread waiting(CountDownLatch end) {
        Thread thread = new Thread(
                () -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stays");
        thread.setDaemon(true);
        return thread;
    }
}
