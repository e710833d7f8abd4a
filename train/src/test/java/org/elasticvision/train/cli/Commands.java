package org.elasticvision.train.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.elasticvision.runtime.cli.ElasticCommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs commands of {@code elastic} and keeps what they print. */
final class Commands {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Runs one command; returns its exit code. */
    int run(String... arguments) {
        return ElasticCommandLine.create()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    void succeeds(String... arguments) {
        assertThat(run(arguments)).as(err::toString).isZero();
    }

    /** Fails with this exit code and a message of one line that contains this one. */
    void refuses(int exitCode, String message, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).as(err::toString).isEqualTo(exitCode);
        assertThat(err.toString().strip()).contains(message).doesNotContain("\n");
    }

    /** Returns what all commands printed. */
    String out() {
        return out.toString();
    }

    /** Returns what was printed to standard error: by all commands, or from the last one that was to be refused. */
    String err() {
        return err.toString();
    }
}
