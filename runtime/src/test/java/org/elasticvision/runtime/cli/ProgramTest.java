package org.elasticvision.runtime.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import static org.assertj.core.api.Assertions.assertThat;

/** A program of one command, such as the one that runs on Spark. */
class ProgramTest {
    @Command(description = "Counts.")
    static final class Count implements ElasticCommand {
        @Option(names = "--to", description = "The last number.")
        private int to = 3;

        @Override
        public Integer call() {
            if (to < 0) {
                throw new ElasticVisionException("cannot count to " + to);
            }
            if (to > 1000) {
                throw new OutOfMemoryError("Java heap space");
            }
            return 0;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--to=x  | 2 | elastic: --to: 'x' is not a whole number ('count --help' shows the usage)",
                "--ot=3  | 2 | elastic: unknown option '--ot=3'; did you mean --to? ('count --help' shows the usage)",
                "--to=-1 | 1 | elastic: cannot count to -1",
                "--to=1001 | 1 | elastic: out of memory; give Java more with JAVA_OPTS=-Xmx4g (Java heap space)"
            })
    void whatIsWrongIsOneLine(String word, int exitCode, String line) {
        StringWriter err = new StringWriter();
        CommandLine program = ElasticCommandLine.program("count", new Count()).setErr(new PrintWriter(err));
        assertThat(program.execute(word)).isEqualTo(exitCode);
        assertThat(err.toString().lines()).containsExactly(line);
    }

    @Test
    void theHelpNamesTheProgram() {
        StringWriter out = new StringWriter();
        CommandLine program = ElasticCommandLine.program("count", new Count()).setOut(new PrintWriter(out));
        assertThat(program.execute("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: count ").contains("--to");
    }
}
