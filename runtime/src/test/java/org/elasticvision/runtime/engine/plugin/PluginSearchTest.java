package org.elasticvision.runtime.engine.plugin;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Libraries of plug-ins are found by name, in the user's folder and among Python's packages. */
class PluginSearchTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "libonnxruntime_providers_openvino_plugin.so, openvino",
        "onnxruntime_providers_openvino_plugin.dll, openvino",
        "libonnxruntime_providers_webgpu.dylib, webgpu",
        "libonnxruntime_providers_nv_tensorrt_rtx.so, tensorrt-rtx",
        "onnxruntime_providers_qnn.dll, qnn",
        "onnxruntime_vitisai_ep.dll, vitisai",
        "libacme_ep.so, acme",
        "libonnxruntime_providers_openvino_plugin.so.1.8.1, ",
        "openvino.txt, ",
        "lib7.so, "
    })
    void wordsForProviders(String file, String word) {
        assertThat(LibraryFile.provider(Path.of("folder", file))).isEqualTo(Optional.ofNullable(word));
    }

    @Test
    void pythonsPackages() throws IOException {
        Path packages = folder.resolve("venv/lib/python3.13/site-packages");
        Path library = packages.resolve(FakePlugins.LIBRARY);
        Files.createDirectories(library.getParent());
        Files.write(library, FakePlugins.library());
        Files.createDirectories(packages.resolve("onnxruntime_ep_acme-2.0.dist-info"));
        Path own = packages.resolve("onnxruntime/capi/libonnxruntime_providers_cuda.so"); // ONNX Runtime's
        Files.createDirectories(own.getParent());
        Files.write(own, FakePlugins.library());
        Path bin = Files.createDirectories(folder.resolve("venv/bin"));
        Files.createFile(bin.resolve("python3"));

        Map<String, String> active =
                Map.of("VIRTUAL_ENV", folder.resolve("venv").toString());
        Map<String, String> onPath = Map.of("PATH", folder + File.pathSeparator + bin);
        for (Map<String, String> environment : List.of(active, onPath)) {
            List<Path> found = PluginSearch.pythonPackages(environment, Optional.empty());
            assertThat(found).containsExactly(packages);
            PluginSearch search = new PluginSearch(new PluginStore(folder.resolve("none")), found);
            assertThat(search.all()).containsExactly(new PluginLibrary("acme", library, Optional.of("2.0"), false));
            assertThat(search.find("acme")).isPresent();
            assertThat(search.find("cuda")).isEmpty();
        }
        assertThat(PluginSearch.pythonPackages(Map.of("PATH", ""), Optional.empty()))
                .isEmpty();

        PluginStore store = new PluginStore(folder.resolve("store"));
        PluginLibrary added = store.add(FakePlugins.wheel(folder));
        assertThat(new PluginSearch(store, List.of(packages)).all()).containsExactly(added);
    }

    @Test
    void whatCannotBeAPlugin() throws IOException {
        Path file = folder.resolve("libacme.so");
        assertThat(LibraryFile.problem(file))
                .hasValueSatisfying(text -> assertThat(text).startsWith("is not there"));
        Files.writeString(file, "text");
        assertThat(LibraryFile.problem(file))
                .hasValueSatisfying(text -> assertThat(text).startsWith("is not a shared library, or is damaged"));
        for (Platform other : List.of(
                new Platform("Linux", "aarch64"),
                new Platform("macOS", "aarch64"),
                new Platform("Windows", "x86_64"))) {
            Files.write(file, FakePlugins.library(other, "CreateEpFactories"));
            assertThat(LibraryFile.problem(file, new Platform("Linux", "x86_64")))
                    .contains("is a library for " + other + ", and this is Linux x86_64");
            assertThat(LibraryFile.problem(file, other)).isEmpty();
        }
        byte[] cut = FakePlugins.library(new Platform("Linux", "x86_64"), "CreateEpFactories");
        cut[40 + 2] = 1; // the table of sections begins at 65536
        Files.write(file, cut);
        assertThat(LibraryFile.problem(file, new Platform("Linux", "x86_64")))
                .contains("is cut off; copy or download it again");
    }

    @Test
    void devicesHaveThreeWordsAndNumbers() {
        assertThat(PluginOptions.none().withDevice("npu").withOption("a", "b").withOption("c", "d"))
                .isEqualTo(new PluginOptions(Optional.empty(), Optional.of("npu"), Map.of("a", "b", "c", "d")));
        assertThatThrownBy(() -> PluginOptions.none().withDevice("tpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("device 'tpu' must be cpu, gpu, npu or a number");
    }
}
