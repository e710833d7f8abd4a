package org.elasticvision.runtime.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.elasticvision.runtime.io.CommandText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class HelpTextTest {
    @AfterEach
    void forget() {
        System.clearProperty(CommandText.PROPERTY);
    }

    @Test
    void allIsCalledAsTheLauncherWas() {
        System.setProperty(CommandText.PROPERTY, "./elastic");
        assertThat(CommandRun.of("predict", "--help").out())
                .contains("Usage: ./elastic predict ")
                .contains("  ./elastic predict --json resnext50_elastic.onnx photos/ > answers.jsonl");
        assertThat(CommandRun.of("--help").out()).contains("'./elastic COMMAND --help' says more");
        assertThat(CommandRun.of("predict").err()).contains("('./elastic predict --help' shows the usage)");
        assertThat(CommandRun.of("predict", "none.onnx", "a.jpg").err())
                .startsWith("elastic: none.onnx does not exist");
        assertThat(HelpText.withName("convert it again with 'elastic convert'; it's elastic and fast"))
                .isEqualTo("convert it again with './elastic convert'; it's elastic and fast");
    }

    @Test
    void examplesAreNotBroken() {
        CommandLine line = ElasticCommandLine.create();
        line.addSubcommand("long", new LongCommand());
        HelpText.register(line);
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out));
        assertThat(line.execute("long", "--help")).isZero();
        assertThat(out.toString().lines())
                .contains(LongCommand.EXAMPLE)
                .contains("For people who read on, words wrap:")
                .allMatch(text -> text.equals(LongCommand.EXAMPLE) || text.length() <= 80);
    }

    @Test
    void fileNamesAreNotBrokenAfterADot() {
        assertThat(HelpText.unbroken("  --cache=FILE  kept here (default: ~/.\n                cache/timing.cache).\n"))
                .isEqualTo("  --cache=FILE  kept here (default:\n                ~/.cache/timing.cache).\n");
        String sentences = "  One ends here.\n  The next one begins.\n";
        assertThat(HelpText.unbroken(sentences)).isEqualTo(sentences);
    }

    @Test
    void everyCommandBeginsALineOfTheList() {
        CommandLine line = ElasticCommandLine.create();
        List<String> list = CommandRun.of("--help").out().lines().toList();
        assertThat(line.getSubcommands().keySet()).hasSizeGreaterThan(4).allSatisfy(name -> assertThat(list)
                .anyMatch(text -> text.startsWith("  " + name + "  ")));
    }

    @CommandLine.Command(
            name = "long",
            mixinStandardHelpOptions = true,
            footer = {"%nFor people who read on, words wrap:", LongCommand.EXAMPLE})
    static final class LongCommand implements ElasticCommand {
        static final String EXAMPLE =
                "  elastic verify --data photos/ --layers resnext50_elastic.onnx resnext50_elastic.int8.onnx --images"
                        + " 3";

        @Override
        public Integer call() {
            return 0;
        }
    }
}
