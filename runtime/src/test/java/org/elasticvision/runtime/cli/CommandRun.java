package org.elasticvision.runtime.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** What a command line did: its exit code and what it printed. */
public record CommandRun(int exitCode, String out, String err) {

    public static CommandRun of(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                ElasticCommandLine.create().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode =
                commandLine.execute(Arrays.stream(args).map(String::valueOf).toArray(String[]::new));
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    public List<String> outLines() {
        return out.lines().toList();
    }

    public List<String> errLines() {
        return err.lines().toList();
    }

    /** Wrong usage, told in one line that begins so. */
    public void assertRefused(String message) {
        assertThat(exitCode).as(err).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errLines()).singleElement().asString().startsWith("elastic: " + message);
    }
}
