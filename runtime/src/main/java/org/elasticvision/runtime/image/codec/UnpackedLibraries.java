package org.elasticvision.runtime.image.codec;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.elasticvision.runtime.io.HomeFolder;
import org.elasticvision.runtime.io.javacpp.FoundLibraries;

/**
 * Loads OpenCV's libraries from a folder where they are unpacked, if the system property {@value #PROPERTY} names one,
 * as the
 * {@code elastic} command does. On Linux only.
 *
 * <p>JavaCPP by itself searches every jar of the class path for each library and copies what it finds below the home folder. It
 * also loads OpenBLAS twice and, for OpenCV's sake, the 24 MB of its bridge to Java, of which OpenCV needs nothing. All this takes
 * longer than the answer about an image. In an application with such a folder OpenBLAS cannot be called from Java.
 *
 * <p>Safe for use by any number of threads.
 */
public final class UnpackedLibraries {
    /** The folder with {@code libopencv_core.so.413} and the like. */
    public static final String PROPERTY = "elasticvision.native.path";

    /**
     * JavaCPP's name for each library, without its version, and that of the file; each needs nothing but those before it. OpenBLAS
     * stands in for its own copy, and something small for the bridges. OpenCV's video library is loaded when it is needed.
     */
    private static final List<Map.Entry<String, String>> BOTTOM_UP = List.of(
            Map.entry("jnijavacpp", "jnijavacpp"),
            Map.entry("quadmath", "quadmath"), // not on every processor
            Map.entry("gfortran", "gfortran"),
            Map.entry("openblas", "openblas"),
            Map.entry("openblas_nolapack", "openblas"),
            Map.entry("jniopenblas_nolapack", "jnijavacpp"),
            Map.entry("jniopenblas", "jnijavacpp"),
            Map.entry("opencv_core", "opencv_core"),
            Map.entry("opencv_imgproc", "opencv_imgproc"),
            Map.entry("jniopencv_core", "jniopencv_core"),
            Map.entry("jniopencv_imgproc", "jniopencv_imgproc"),
            Map.entry("opencv_imgcodecs", "opencv_imgcodecs"),
            Map.entry("jniopencv_imgcodecs", "jniopencv_imgcodecs"));

    static {
        HomeFolder.protect();
        String folder = System.getProperty(PROPERTY, "");
        if (!folder.isBlank() && Loader.getPlatform().startsWith("linux")) {
            load(Path.of(folder));
        }
    }

    private UnpackedLibraries() {}

    /** Called by what may be the first to need OpenCV or OpenBLAS; JavaCPP finds them loaded afterwards. */
    public static void load() {
        // all is done above, once
    }

    private static void load(Path folder) {
        FoundLibraries found = FoundLibraries.ofJavaCpp();
        Set<String> own = namedBy(openblas_nolapack.class, openblas.class);
        Set<String> others = namedBy(opencv_imgcodecs.class);
        others.removeAll(own);
        others.removeAll(found.names());
        try {
            Map<String, Path> libraries = libraries(folder);
            own.addAll(libraries.keySet());
            others.removeAll(own);
            found.skip(own);
            found.skip(others);
            for (Map.Entry<String, Path> library : libraries.entrySet()) {
                load(library.getKey(), library.getValue());
            }
            for (Class<?> first : List.of(opencv_core.class, opencv_imgcodecs.class, Mat.class)) {
                Loader.load(first);
            }
        } catch (IOException | LinkageError e) {
            found.forget(own); // JavaCPP goes its own way, and says what is wrong if that fails too
        } finally {
            found.forget(others); // CUDA's own classes need some of them
        }
    }

    /** What JavaCPP loads first for these, if it is there: other libraries, and for OpenCV two dozen of CUDA's. */
    private static Set<String> namedBy(Class<?>... classes) {
        Set<String> names = new HashSet<>();
        for (Class<?> one : classes) {
            ClassProperties properties = Loader.loadProperties(one, Loader.loadProperties(), true);
            names.addAll(properties.get("platform.preload"));
            names.addAll(properties.get("platform.link"));
        }
        return names;
    }

    /** The files by JavaCPP's names for them, such as {@code opencv_core@.413} for {@code libopencv_core.so.413}, bottom up. */
    private static Map<String, Path> libraries(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        Map<String, Path> libraries = new LinkedHashMap<>();
        for (Map.Entry<String, String> library : BOTTOM_UP) {
            String start = "lib" + library.getValue() + ".so";
            for (Path file : files) {
                String fileName = file.getFileName().toString();
                if (fileName.startsWith(start)) {
                    String version = fileName.substring(start.length());
                    libraries.put(library.getKey() + (version.isEmpty() ? "" : "@" + version), file);
                }
            }
        }
        return libraries;
    }

    private static void load(String name, Path file) throws MalformedURLException {
        URL[] urls = {file.toAbsolutePath().toUri().toURL()};
        Loader.loadLibrary(UnpackedLibraries.class, urls, name);
    }
}
