package org.elasticvision.runtime.image.codec;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.opencv.global.opencv_core;
import org.elasticvision.runtime.image.Golden;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.video.VideoWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** In a Java of its own: OpenCV comes from the folder, nothing is copied, and where the folder is no use all goes on as without. */
@EnabledOnOs(OS.LINUX)
class UnpackedLibrariesTest {
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final List<String> OF_OPENCV = List.of(
            "libopencv_core.so.413",
            "libopencv_imgproc.so.413",
            "libopencv_imgcodecs.so.413",
            "libopencv_videoio.so.413",
            "libjniopencv_core.so",
            "libjniopencv_imgproc.so",
            "libjniopencv_imgcodecs.so",
            "libjniopencv_videoio.so");
    private static final List<String> OF_OPENBLAS = List.of("libopenblas.so.0", "libgfortran.so.5", "libquadmath.so.0");

    @TempDir
    private static Path unpacked;

    @TempDir
    private Path scratch;

    private Path cache;

    @BeforeAll
    static void unpack() throws IOException {
        copy(Loader.class, List.of("libjnijavacpp.so"));
        copy(openblas.class, OF_OPENBLAS);
        copy(opencv_core.class, OF_OPENCV);
    }

    /** Those that this processor's build has. */
    private static void copy(Class<?> library, List<String> names) throws IOException {
        String folder = "/" + library.getPackageName().replace('.', '/').replace("/global", "") + "/";
        for (String name : names) {
            URL resource = library.getResource(folder + Loader.getPlatform() + "/" + name);
            if (resource != null) {
                Files.copy(Loader.cacheResource(resource).toPath(), unpacked.resolve(name));
            }
        }
    }

    @BeforeEach
    void makeCache() throws IOException {
        cache = Files.createDirectory(scratch.resolve("cache"));
    }

    @Test
    void opencvComesFromTheFolder() throws Exception {
        List<String> lines = run(unpacked, CLASS_PATH, "decode");
        assertThat(lines).contains("500x375", "CUDA left alone", "4.13.0");
        assertThat(lines)
                .filteredOn(line -> line.contains("="))
                .hasSizeGreaterThan(10)
                .allSatisfy(line -> assertThat(line).contains("=" + unpacked));
        assertThat(lines).contains("jniopenblas=" + unpacked.resolve("libjnijavacpp.so"));
        assertThat(cached()).isEmpty();
    }

    /** As in a distribution. */
    @Test
    void videosTooWithoutTheJars() throws Exception {
        String jars = Arrays.stream(CLASS_PATH.split(File.pathSeparator))
                .filter(jar -> !jar.matches(".*(opencv|openblas|javacpp)-.*-linux-.*"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(jars).isNotEqualTo(CLASS_PATH);
        Path video = scratch.resolve("one.avi");
        assertThat(run(unpacked, jars, "video", video.toString())).contains("500x375");
        assertThat(video).isNotEmptyFile();
        assertThat(cached()).isEmpty();
    }

    @Test
    void aMissingFolderChangesNothing() throws Exception {
        assertThat(run(scratch.resolve("none"), CLASS_PATH, "decode"))
                .contains("500x375", "CUDA searched for", "4.13.0");
        assertThat(cached()).anySatisfy(file -> assertThat(file).hasFileName("libopencv_core.so.413"));
    }

    @Test
    void norDoesADamagedLibrary() throws Exception {
        Path folder = Files.createDirectory(scratch.resolve("damaged libraries"));
        Files.copy(unpacked.resolve("libjnijavacpp.so"), folder.resolve("libjnijavacpp.so"));
        Files.writeString(folder.resolve("libgfortran.so.5"), "no library");
        assertThat(run(folder, CLASS_PATH, "decode")).contains("500x375", "4.13.0");
    }

    private List<Path> cached() throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(".lock"))
                    .toList();
        }
    }

    private List<String> run(Path libraries, String classPath, String... arguments) throws Exception {
        Path out = scratch.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                "-D" + UnpackedLibraries.PROPERTY + "=" + libraries,
                "-Dorg.bytedeco.javacpp.platform.preloadpath=" + libraries,
                "-cp",
                classPath,
                Program.class.getName());
        builder.command().addAll(List.of(arguments));
        Process process =
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s", lines).isZero();
        return lines;
    }

    /** What runs in the Java of its own. */
    static final class Program {
        private Program() {}

        private static boolean isSearched(String name) throws ReflectiveOperationException {
            Field found = Loader.class.getDeclaredField("foundLibraries");
            found.setAccessible(true);
            return ((Map<?, ?>) found.get(null)).containsKey(name);
        }

        public static void main(String[] arguments) throws ReflectiveOperationException {
            RgbImage picture = Golden.image("landscape_500x375.png");
            RgbImage image =
                    ImageSource.of(JpegFiles.encode(picture, 90), "a picture").decode(Orientation.APPLY_EXIF);
            if (arguments[0].equals("video")) {
                VideoWriter.write(Path.of(arguments[1]), 25, video -> video.write(image));
            }
            System.out.println(image.width() + "x" + image.height());
            System.out.println("CUDA " + (isSearched("cudart@.13") ? "searched for" : "left alone"));
            System.out.println(OpenCv.status().version().orElse("none"));
            new TreeMap<>(Loader.getLoadedLibraries()).forEach((name, file) -> System.out.println(name + "=" + file));
        }
    }
}
