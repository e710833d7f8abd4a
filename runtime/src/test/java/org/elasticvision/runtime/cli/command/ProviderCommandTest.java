package org.elasticvision.runtime.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.cli.CommandRun;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.plugin.FakePlugins;
import org.elasticvision.runtime.engine.plugin.PluginSearch;
import org.elasticvision.runtime.engine.plugin.PluginStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code elastic provider}, and the options that are about plug-ins. */
class ProviderCommandTest {
    @TempDir
    Path folder;

    private String provider(Object... words) {
        PluginStore store = new PluginStore(folder.resolve("providers"));
        StringWriter out = new StringWriter();
        int exitCode = new CommandLine(new ProviderCommand(store, new PluginSearch(store, List.of())))
                .setOut(new PrintWriter(out))
                .execute(List.of(words).stream().map(String::valueOf).toArray(String[]::new));
        assertThat(exitCode).isZero();
        return out.toString();
    }

    @Test
    void addListRemove() {
        assertThat(provider("list")).startsWith("none; 'elastic provider add' unpacks one");
        assertThat(provider("list", "--json").strip()).isEqualTo("[]");
        Path library = folder.resolve("providers/acme").resolve(FakePlugins.LIBRARY);
        assertThat(provider("add", FakePlugins.wheel(folder)).strip())
                .isEqualTo("acme 1.2.3 added: --provider acme uses it (" + library + ")");
        assertThat(provider("list")).startsWith("acme ").contains(" 1.2.3 ", library.toString());
        assertThat(provider("list", "--json"))
                .contains("{\"name\":\"acme\",\"version\":\"1.2.3\",\"library\":\"", "\"added\":true}");
        assertThat(provider("remove", "acme").strip()).isEqualTo("acme removed");
        assertThat(provider("list")).startsWith("none;");
    }

    @Test
    void wrongUsage() {
        assertUsage("'install' must be add, list or remove", "provider", "install", "a.whl");
        assertUsage("add needs the package, a .whl or .nupkg file", "provider", "add");
        assertUsage("remove needs the name of the plug-in", "provider", "remove");
        assertUsage("list takes no acme", "provider", "list", "acme");
        assertUsage("--json is for list", "provider", "remove", "acme", "--json");
        Path model = TestModels.classifier(folder, TensorShape.ANY);
        String choices = "unknown provider 'acme2': use one of auto, cpu, cuda, tensorrt";
        assertUsage(choices, "inspect", model, "--provider", "acme2");
        assertUsage("or a plug-in that 'elastic provider list' shows", "inspect", model, "--provider", "acme2");
        for (String option : List.of("--device=cpu", "--provider-option=a=b")) {
            assertUsage("is for plug-ins of ONNX Runtime, and --provider auto is not one", "inspect", model, option);
        }
        assertUsage("--device 'tpu' must be cpu, gpu, npu or a number", "inspect", model, "--device", "tpu");
    }

    private static void assertUsage(String message, Object... words) {
        CommandRun run = CommandRun.of(words);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.errLines()).hasSize(1);
    }

    @Test
    void librariesThatCannotRunAModel() throws IOException {
        Path model = TestModels.classifier(folder, TensorShape.ANY);
        Path library = folder.resolve("libonnxruntime_providers_acme.so");
        assertLibraryRefused(model, library, "is not there");
        Files.writeString(library, "text");
        assertLibraryRefused(model, library, "is not a shared library, or is damaged");
        Files.write(library, FakePlugins.library()); // looks like one from outside
        assertLibraryRefused(
                model, library, " cannot run with the provider acme: its library " + library + " does not load: ");
    }

    private static void assertLibraryRefused(Path model, Path library, String message) {
        CommandRun run = CommandRun.of("inspect", model, "--provider-library", library);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty(); // not the CPU instead
        assertThat(run.err()).contains(message, library.toString());
        assertThat(run.errLines()).hasSize(1);
    }
}
