package org.elasticvision.runtime.engine.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Packages are unpacked whole or not at all, and nothing in them is believed. */
class PluginStoreTest {
    @TempDir
    Path folder;

    private PluginStore store;

    @BeforeEach
    void aStore() {
        store = new PluginStore(folder.resolve("providers"));
    }

    @Test
    void aWheelIsAddedListedAndRemoved() throws IOException {
        PluginLibrary added = store.add(FakePlugins.wheel(folder));
        Path own = store.folder().resolve("acme");
        assertThat(added)
                .isEqualTo(new PluginLibrary("acme", own.resolve(FakePlugins.LIBRARY), Optional.of("1.2.3"), true));
        assertThat(store.installed()).containsExactly(added);
        assertThat(own.resolve("onnxruntime_ep_acme/libacme.so.7")).hasContent("needed by it");
        assertThat(own.resolve("onnxruntime_ep_acme.libs/libgomp-1a2b.so.1")).exists();
        assertThat(own.resolve("acme_tools")).doesNotExist();
        assertThat(new PluginSearch(store, List.of()).find("acme")).contains(added);
        assertThat(new PluginSearch(store, List.of()).find("../acme")).isEmpty();

        assertRefused(
                FakePlugins.wheel(folder),
                "the provider acme is there already (1.2.3); 'elastic provider remove acme'");
        assertThat(store.installed()).containsExactly(added);

        store.remove("acme");
        assertThat(store.installed()).isEmpty();
        assertThat(store.folder()).isEmptyDirectory();
        assertThatThrownBy(() -> store.remove("acme"))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith("there is no provider acme in " + store.folder());
        assertThatThrownBy(() -> store.remove("../providers")).hasMessageStartingWith("there is no provider ../prov");
    }

    @Test
    void aNuGetFileIsAddedForThisPlatform() {
        PluginLibrary added = store.add(FakePlugins.nuget(folder, Platform.current(), FakePlugins.another()));
        assertThat(added.name()).isEqualTo("acme");
        assertThat(added.version()).contains("4.5");
        assertThat(added.file()).isEqualTo(store.folder().resolve("acme/native/libonnxruntime_providers_acme.so"));
        assertThat(added.file().resolveSibling("libacme.so")).exists();
    }

    @Test
    void aNuGetFileOfAnotherPlatform() {
        assertRefused(
                FakePlugins.nuget(folder, FakePlugins.another()),
                "is for " + FakePlugins.another().nuget() + ", and this is "
                        + Platform.current().nuget());
    }

    @ParameterizedTest
    @ValueSource(strings = {"musllinux_1_2_x86_64", "manylinux2014_s390x", "win_ia64", "ios_13_0_arm64_iphoneos"})
    void aWheelOfAnotherPlatform(String tag) {
        assertRefused(
                with(files -> files.put("onnxruntime_ep_acme-1.2.3.dist-info/WHEEL", FakePlugins.wheelFile(tag))),
                "is for " + tag + ", and this is " + Platform.current());
    }

    @Test
    void aWheelThatDoesNotSayWhatItIsFor() {
        assertRefused(
                with(files -> files.put(
                        "onnxruntime_ep_acme-1.2.3.dist-info/WHEEL",
                        "Wheel-Version: 1.0\n".getBytes(StandardCharsets.UTF_8))),
                "is damaged: its file WHEEL has no Tag");
    }

    /** A wheel for "any" platform, with a library for one. */
    @Test
    void aLibraryOfAnotherPlatform() {
        Platform other = FakePlugins.another();
        Path wheel = with(files -> {
            files.put("onnxruntime_ep_acme-1.2.3.dist-info/WHEEL", FakePlugins.wheelFile("any"));
            files.put(FakePlugins.LIBRARY, FakePlugins.library(other, "CreateEpFactories"));
        });
        assertRefused(
                wheel,
                "has no plug-in of ONNX Runtime: libonnxruntime_providers_acme_plugin.so is a library for " + other
                        + ", and this is " + Platform.current());
    }

    @Test
    void noPlugin() {
        assertRefused(with(files -> files.remove(FakePlugins.LIBRARY)), "has no plug-in of ONNX Runtime: none of its");
        assertRefused(
                with(files -> files.put(FakePlugins.LIBRARY, FakePlugins.library(Platform.current(), "GetProvider"))),
                "libonnxruntime_providers_acme_plugin.so is not a plug-in of ONNX Runtime: it has no function CreateEp");
    }

    @Test
    void filesThatAreNotWhatTheListHas() {
        Map<String, byte[]> files = FakePlugins.contents();
        String record = FakePlugins.record(files);
        byte[] other = FakePlugins.library();
        other[200] = 1;
        files.put(FakePlugins.LIBRARY, other);
        assertRefused(
                FakePlugins.wheel(folder, files, record),
                "is damaged: " + FakePlugins.LIBRARY + " is not what its list (RECORD) has; fetch it again");
    }

    @Test
    void listsThatAreNotComplete() {
        Map<String, byte[]> files = FakePlugins.contents();
        String record = FakePlugins.record(files);
        assertRefused(
                FakePlugins.wheel(folder, files, record.replaceFirst("(?m)^acme_tools.*\\R", "")),
                "has a file that its list (RECORD) has no hash of, acme_tools/tool.py");
        assertRefused(
                FakePlugins.wheel(folder, files, record.replaceFirst("(?m)^(acme_tools[^,]*),.*$", "$1,,")),
                "has a file that its list (RECORD) has no hash of, acme_tools/tool.py");
        assertRefused(
                FakePlugins.wheel(folder, files, record + "gone.so,sha256=AAAA,4\n"),
                "is damaged: gone.so is missing; fetch it again");
        assertRefused(
                FakePlugins.wheel(folder, files, record.replace("sha256=", "md5=")),
                "has hashes of the kind 'md5', which prove nothing");
        assertRefused(FakePlugins.wheel(folder, files, "not a list"), "its list of files (RECORD) cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../evil.so", "/etc/evil.so", "a/../../evil.so", "C:/evil.so", "..\\evil.so", "a/.."})
    void namesThatLeadOutOfTheFolder(String name) {
        assertRefused(
                with(files -> files.put(name, FakePlugins.bytes("evil"))),
                "has a file whose name leads out of its folder, '" + name + "'");
    }

    @Test
    void oneNameTwice() throws IOException {
        Path wheel = with(files -> files.put(FakePlugins.LIBRARY.replace("acme_plugin", "acme_plugyn"), new byte[0]));
        assertRefused(FakePlugins.altered(wheel, "acme_plugyn", "acme_plugin"), "has two files named '");
    }

    @Test
    void cutOffAndDamaged() throws IOException {
        Path wheel = FakePlugins.wheel(folder);
        byte[] bytes = Files.readAllBytes(wheel);
        Files.write(wheel, Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(wheel, "is not a wheel or NuGet file, or is damaged (");
        Path nuget = FakePlugins.nuget(folder, Platform.current());
        byte[] whole = Files.readAllBytes(nuget);
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        whole[text.indexOf("libonnxruntime_providers_acme.so") + 60]++; // in the compressed library
        Files.write(nuget, whole);
        assertRefused(nuget, "is damaged: runtimes/");
    }

    @Test
    void otherFiles() throws IOException {
        assertRefused(Files.writeString(folder.resolve("a.whl"), "text"), "is not a wheel or NuGet file, or is dam");
        assertRefused(folder.resolve("none.whl"), "there is no such file; fetch the package first");
        assertRefused(
                FakePlugins.zip(folder.resolve("b.zip"), Map.of("a.txt", FakePlugins.bytes("text"))),
                "is neither a wheel nor a NuGet file");
    }

    @Test
    void whereTheyAre() {
        Optional<Path> home = Optional.of(Path.of("/home/ada"));
        assertThat(PluginStore.folder(Map.of(), home))
                .isEqualTo(Path.of("/home/ada/.local/share/elasticvision/providers"));
        assertThat(PluginStore.folder(Map.of("XDG_DATA_HOME", "/data"), home))
                .isEqualTo(Path.of("/data/elasticvision/providers"));
        assertThat(PluginStore.folder(Map.of("XDG_DATA_HOME", "/data", "ELASTIC_PROVIDERS", "/own"), home))
                .isEqualTo(Path.of("/own"));
    }

    private Path with(Consumer<Map<String, byte[]>> change) {
        Map<String, byte[]> files = new LinkedHashMap<>(FakePlugins.contents());
        change.accept(files);
        return FakePlugins.wheel(folder, files);
    }

    /** In one line, with nothing left behind. */
    private void assertRefused(Path archive, String message) {
        List<PluginLibrary> before = store.installed();
        assertThatThrownBy(() -> store.add(archive))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith(archive.toString())
                .hasMessageContaining(message)
                .hasMessageNotContainingAny("\n");
        assertThat(store.installed()).isEqualTo(before);
        assertThat(left()).hasSize(before.size());
        assertThat(folder.resolve("evil.so")).doesNotExist();
    }

    private List<Path> left() {
        if (!Files.exists(store.folder())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(store.folder())) {
            return entries.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
