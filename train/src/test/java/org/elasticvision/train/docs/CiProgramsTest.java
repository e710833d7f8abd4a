package org.elasticvision.train.docs;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.elasticvision.runtime.cli.CommandLinePage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The programs of {@code ci/} are compiled by their scripts, which are run by hand: they must keep up with the classes that they call. */
class CiProgramsTest {
    private static final Path CI = CommandLinePage.root().resolve("ci");

    /** Needs the libraries of a competitor, which its script gets. */
    private static final String NEEDS_MORE = "runtime_speed";

    /** Programs that others use too. */
    private static final List<String> SHARED = List.of("common", "serve_attack");

    static List<Path> folders() throws IOException {
        try (Stream<Path> entries = Files.list(CI)) {
            return entries.filter(folder -> Files.isDirectory(folder) && !Files.exists(folder.resolve("pom.xml")))
                    .filter(folder -> !folder.endsWith(NEEDS_MORE))
                    .filter(folder -> !programs(folder).isEmpty())
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> programs(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void compile(Path folder, @TempDir Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String shared = String.join(
                File.pathSeparator,
                SHARED.stream().map(name -> CI.resolve(name).toString()).toList());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean isCompiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("-d", classes.toString(), "-sourcepath", shared, "-proc:none", "-nowarn"),
                            null,
                            files.getJavaFileObjectsFromPaths(programs(folder)))
                    .call();
            assertThat(isCompiled).as(messages.toString()).isTrue();
        }
    }
}
