package org.elasticvision.runtime.engine.onednn.natives;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.Uninterrupted;
import org.elasticvision.runtime.engine.onednn.OneDnnRequirements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Loading the library, each time in a process that has not loaded it yet. */
@Timeout(120)
class OneDnnLoadingTest {
    private static final String SEPARATOR = System.getProperty("path.separator");

    @TempDir
    private Path folder;

    /** Loads from many threads at the same moment, half of them ahead. Prints what they find. */
    static final class ManyAtOnce {
        private static final int THREADS = 8;

        private ManyAtOnce() {}

        public static void main(String[] arguments) {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<FutureTask<String>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                boolean isAhead = i % 2 == 0;
                FutureTask<String> task = new FutureTask<>(() -> {
                    start.await();
                    if (isAhead) {
                        OneDnn.loadAhead();
                    }
                    return OneDnn.version() + " " + OneDnn.cpu().address();
                });
                all.add(task);
                new Thread(task).start();
            }
            all.forEach(task -> System.out.println(Uninterrupted.result(task)));
        }
    }

    @Test
    void manyThreadsThatLoadAtOnceFindTheSame() throws Exception {
        OneDnnRequirements.assumeThatItLoads();
        List<String> lines = run(System.getProperty("java.class.path"), ManyAtOnce.class);
        assertThat(lines).hasSize(ManyAtOnce.THREADS);
        assertThat(lines)
                .containsOnly(OneDnn.version()
                        + lines.get(0).substring(OneDnn.version().length()));
    }

    /** Asks first while the application, which uses JavaCPP too, has a scope open that frees what is made in it. Prints what is left. */
    static final class InAScope {
        private InAScope() {}

        public static void main(String[] arguments) {
            Owned owned = new Owned();
            IntPointer number;
            try (PointerScope scope = new PointerScope()) {
                OneDnn.load();
                number = owned.add(new IntPointer(1L));
            }
            System.out.println(OneDnn.cpu().isNull() + " " + number.isNull());
            owned.close();
            System.out.println(number.isNull());
        }
    }

    @Test
    void whatItHoldsOutlivesAScopeOfJavaCppThatTheCallerHasOpen() throws Exception {
        OneDnnRequirements.assumeThatItLoads();
        assertThat(run(System.getProperty("java.class.path"), InAScope.class)).containsExactly("false false", "true");
    }

    /** Loads three times; given an argument, ahead first. */
    static final class Again {
        private Again() {}

        public static void main(String[] arguments) {
            if (arguments.length > 0) {
                OneDnn.loadAhead();
            }
            for (int i = 0; i < 3; i++) {
                try {
                    OneDnn.load();
                    System.out.println("loaded");
                } catch (ElasticVisionException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    @Test
    void aLibraryThatIsNotThereIsToldAlikeHoweverItWasTried() throws Exception {
        String without = Arrays.stream(System.getProperty("java.class.path").split(SEPARATOR))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("dnnl"))
                .collect(Collectors.joining(SEPARATOR));
        List<String> lines = run(without, Again.class);
        assertThat(lines).hasSize(3).allSatisfy(line -> assertThat(line)
                .startsWith("oneDNN's native library cannot be loaded on ")
                .endsWith("use --provider cpu"));
        assertThat(run(without, Again.class, "ahead")).isEqualTo(lines);
    }

    /** Loads a copy of OpenMP from elsewhere, as LibTorch has one, and then oneDNN. Prints which copy is loaded. */
    static final class AfterAnotherOpenMp {
        private AfterAnotherOpenMp() {}

        public static void main(String[] arguments) throws IOException {
            URL[] other = {Path.of(arguments[0]).toUri().toURL()};
            Loader.loadLibrary(AfterAnotherOpenMp.class, other, "gomp@.1");
            OneDnn.load();
            System.out.println(Loader.getLoadedLibraries().get("gomp@.1"));
            try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
                System.out.println(maps.filter(line -> line.contains("libgomp"))
                        .map(line -> line.substring(line.indexOf('/')))
                        .distinct()
                        .collect(Collectors.joining(" ")));
            }
        }
    }

    /** Files of the cache may be what another process runs: a library that is loaded already takes the place of none. */
    @Test
    void anotherCopyOfOpenMpLeavesTheCacheAsItIs() throws Exception {
        OneDnnRequirements.assumeThatItLoads();
        URL inJar = OneDnn.class.getResource("/org/bytedeco/dnnl/" + Loader.getPlatform() + "/libgomp.so.1");
        assumeThat(inJar).as("the preset of this platform has no OpenMP of GNU").isNotNull();
        Path other = folder.resolve("libgomp.so.1");
        try (InputStream in = inJar.openStream()) {
            Files.copy(in, other);
        }
        Path cache = folder.resolve("cache");
        String inCache = "-Dorg.bytedeco.javacpp.cachedir=" + cache;
        List<String> options = List.of(inCache, "-cp", System.getProperty("java.class.path"));
        assertThat(run(options, Again.class)).containsOnly("loaded");
        Map<Path, Object> before = libraries(cache);
        assertThat(before).hasSizeGreaterThan(2);
        assertThat(run(options, AfterAnotherOpenMp.class, other.toString()))
                .containsExactly(other.toString(), other.toString());
        assertThat(libraries(cache)).isEqualTo(before);
    }

    /** The files of the folder and what tells one from another that takes its place. */
    private static Map<Path, Object> libraries(Path cache) throws IOException {
        Map<Path, Object> keys = new TreeMap<>();
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.filter(one -> !one.endsWith(".lock") && !Files.isDirectory(one))
                    .toList()) {
                assertThat(file.toRealPath()).startsWith(cache.toRealPath());
                keys.put(file, Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS));
            }
        }
        return keys;
    }

    private static List<String> run(String classPath, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        return run(List.of("-cp", classPath), program, arguments);
    }

    private static List<String> run(List<String> options, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add(program.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.lines().toList();
    }
}
