package org.elasticvision.train.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.cli.CommandLinePage;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages of the repository: no dead links, no command lines with options that do not exist, no other version. */
class DocumentationTest {
    private static final Pattern COMMAND = Pattern.compile("(?:[A-Z_]+=\\S* )*(?:\\./)?elastic ([a-z-]+)(?: (.*))?");

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : Markdown.pages(CommandLinePage.root())) {
            for (String link : Markdown.links(page)) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? page
                        : page.resolveSibling(parts[0]).normalize();
                if (!Files.exists(target)
                        || (parts.length > 1 && !Markdown.anchors(target).contains(parts[1]))) {
                    dead.add(page + ": " + link);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void printedCommandsHaveTheOptionsThatTheyAreGiven() throws IOException {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Path page : Markdown.pages(CommandLinePage.root())) {
            for (String line : Markdown.code(page)) {
                Matcher command = COMMAND.matcher(line);
                if (command.matches() && !command.group(1).equals("serve")) { // which this module does not have
                    seen++;
                    CommandLine known =
                            ElasticCommandLine.create().getSubcommands().get(command.group(1));
                    if (known == null
                            || !unknown(known.getCommandSpec(), command.group(2))
                                    .isEmpty()) {
                        wrong.add(page + ": " + line);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).isGreaterThan(40);
    }

    @Test
    void theVersionIsThatOfTheBuild() throws IOException {
        Pattern snapshot = Pattern.compile("[0-9]+(\\.[0-9]+)+-SNAPSHOT");
        List<String> named = new ArrayList<>();
        for (Path page : Markdown.pages(CommandLinePage.root())) {
            snapshot.matcher(Files.readString(page)).results().forEach(match -> named.add(match.group()));
        }
        assertThat(named).hasSizeGreaterThan(2).containsOnly(Version.current());
        String number = Version.current().replace("-SNAPSHOT", "");
        assertThat(Files.readString(CommandLinePage.root().resolve("README.md")))
                .contains("version = {" + number + "}");
        assertThat(Files.readAllLines(CommandLinePage.root().resolve("CHANGELOG.md")).stream()
                        .filter(line -> line.startsWith("## "))
                        .findFirst())
                .hasValueSatisfying(heading -> assertThat(heading).startsWith("## " + number));
    }

    private static List<String> unknown(CommandSpec command, String arguments) {
        String own = arguments == null ? "" : arguments.replaceFirst("( #|[|>&;]).*", "");
        return Arrays.stream(own.split(" "))
                .filter(word -> word.matches("--?[a-zA-Z].*"))
                .map(word -> word.replaceFirst("=.*", ""))
                .filter(word -> !command.optionsMap().containsKey(word)
                        && !command.negatedOptionsMap().containsKey(word))
                .toList();
    }
}
