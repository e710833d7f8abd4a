package org.elasticvision.convert.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What layers of a family are called, the family alone knows: everybody else asks it. */
class LayerNamesTest {
    private static final Path FAMILIES = Path.of("convert", "zoo", "family");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?m)^\\s*//.*$", Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("\"((?:\\\\.|[^\"\\\\\n])*)\"");
    /** Prose has spaces; names and patterns of names have none. */
    private static final Pattern NAME = Pattern.compile("[\\w.\\\\^$()\\[\\]|+*?:-]+");

    @Test
    void noLayerNameStandsOutsideOfItsFamily() throws IOException {
        Set<String> parts = parts();
        assertThat(parts).contains("aspp", "dla_up", "base", "fc", "classifier", "layer1", "denseblock1", "bn3");
        List<String> found = new ArrayList<>();
        for (Path source : sources()) {
            Matcher literals =
                    LITERAL.matcher(COMMENT.matcher(Files.readString(source)).replaceAll(""));
            while (literals.find()) {
                String literal = literals.group(1);
                if (NAME.matcher(literal).matches() && names(literal, parts)) {
                    found.add(source.getFileName() + ": \"" + literal + "\"");
                }
            }
        }
        assertThat(found).isEmpty();
    }

    /** A literal that is a layer's name, begins with one or ends with one; digits count as any digits. */
    private static boolean names(String literal, Set<String> parts) {
        List<String> words =
                Arrays.asList(literal.replace("\\\\d+", "1").replace("\\\\", "").split("[^\\w]+"));
        boolean dotted = literal.contains(".");
        return dotted ? words.stream().anyMatch(parts::contains) : words.size() == 1 && parts.contains(words.get(0));
    }

    private static Set<String> parts() {
        return Architecture.all().stream()
                .flatMap(architecture -> Stream.of(Task.CLASSIFICATION, Task.SEGMENTATION)
                        .filter(architecture::supports)
                        .flatMap(task -> architecture.network(task, 2).layers().stream()))
                .map(Layer::name)
                .flatMap(name -> Stream.of(name.split("\\.")))
                .filter(part -> !part.matches("\\d+"))
                .collect(Collectors.toSet());
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("runtime", "convert", "train")) {
            Path root = Path.of("..", module, "src", "main", "java");
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.toString().contains(FAMILIES.toString()))
                        .forEach(sources::add);
            }
        }
        assertThat(sources).hasSizeGreaterThan(300);
        return sources;
    }
}
