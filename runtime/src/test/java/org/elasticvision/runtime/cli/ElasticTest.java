package org.elasticvision.runtime.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A start looks at the command that is asked for and at no other. */
class ElasticTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"predict", "predict model.onnx evaluate", "--verbose predict --help", "predict inspect doctor"})
    void theNamedCommandAlone(String line) {
        assertThat(ElasticCommandLine.create(line.split(" ")).getSubcommands()).containsOnlyKeys("predict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--help", "--version", "nonsense", "nonsense predict", "@predict", "Predict"})
    void otherwiseAll(String line) {
        assertThat(ElasticCommandLine.create(line.split(" ")).getSubcommands())
                .containsKeys("predict", "evaluate", "benchmark", "inspect", "doctor");
    }

    @Test
    void helpIsACommandToo() {
        StringWriter out = new StringWriter();
        assertThat(ElasticCommandLine.create(new String[] {"help", "inspect"})
                        .setOut(new PrintWriter(out))
                        .execute("help", "inspect"))
                .isZero();
        assertThat(out.toString())
                .isEqualTo(ElasticCommandLine.create()
                        .getSubcommands()
                        .get("inspect")
                        .getUsageMessage());
        StringWriter err = new StringWriter();
        assertThat(ElasticCommandLine.create(new String[] {"help", "nonsense"})
                        .setErr(new PrintWriter(err))
                        .execute("help", "nonsense"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("elastic: Unknown subcommand 'nonsense'");
    }

    @Test
    void theHelpOfACommandIsTheSame() {
        assertThat(ElasticCommandLine.create(new String[] {"predict"})
                        .getSubcommands()
                        .get("predict")
                        .getUsageMessage())
                .isEqualTo(ElasticCommandLine.create()
                        .getSubcommands()
                        .get("predict")
                        .getUsageMessage());
    }
}
