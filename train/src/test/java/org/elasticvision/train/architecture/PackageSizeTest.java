package org.elasticvision.train.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.elasticvision.runtime.cli.CommandLinePage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Packages are small enough to be read, in all modules. */
class PackageSizeTest {
    private static final int MOST = 14;

    @Test
    void noPackageHoldsMoreThanFourteenFiles() throws IOException {
        Path root = CommandLinePage.root();
        Map<Path, Long> sizes = new TreeMap<>();
        for (String module : List.of("runtime", "convert", "train", "samples", "samples/serve", "samples/spark")) {
            Path sources = root.resolve(module).resolve("src/main/java");
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> sizes.merge(root.relativize(file.getParent()), 1L, Long::sum));
            }
        }
        String tooLarge = sizes.entrySet().stream()
                .filter(entry -> entry.getValue() > MOST)
                .map(entry -> entry.getKey() + " holds " + entry.getValue() + " files")
                .collect(Collectors.joining(", "));
        assertThat(tooLarge)
                .as("at most %d files in a package, package-info.java among them; move what belongs together", MOST)
                .isEmpty();
        assertThat(sizes).hasSizeGreaterThan(60);
    }
}
