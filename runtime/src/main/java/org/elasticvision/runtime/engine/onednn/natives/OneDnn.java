package org.elasticvision.runtime.engine.onednn.natives;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.LinkErrors;
import org.elasticvision.runtime.base.Uninterrupted;
import org.elasticvision.runtime.io.javacpp.FoundLibraries;

/** The library: loaded once, on the CPU. Safe for use by any number of threads. */
public final class OneDnn {
    /** JavaCPP's name for each library on Linux, and the file's; each needs nothing but those before it. */
    private static final Map<String, String> BOTTOM_UP = bottomUp();

    private static volatile engine cpu; // lives as long as the process

    private static FutureTask<Void> loading; // the one that goes on or is done; guarded by the class

    private OneDnn() {}

    private static Map<String, String> bottomUp() {
        Map<String, String> libraries = new LinkedHashMap<>();
        libraries.put("gomp@.1", "libgomp.so.1");
        libraries.put("dnnl@.3", "libdnnl.so.3");
        libraries.put("jnidnnl", "libjnidnnl.so");
        return libraries;
    }

    /**
     * Begins to load the library, for {@link #load} to find it loaded. Returns when that is done, or at once where another thread does it.
     * What goes wrong is told by the next {@link #load}.
     */
    public static void loadAhead() {
        if (cpu == null) {
            loading().run();
        }
    }

    /**
     * Loads the library, if that was not done yet.
     *
     * @throws ElasticVisionException where that is not possible here, in one line
     */
    public static void load() {
        cpu();
    }

    static engine cpu() {
        engine known = cpu;
        if (known == null) {
            FutureTask<Void> attempt = loading();
            attempt.run(); // unless another thread does, or did
            try {
                Uninterrupted.result(attempt);
                known = cpu;
            } catch (LinkageError | RuntimeException e) {
                forget(attempt);
                throw new ElasticVisionException(
                        "oneDNN's native library cannot be loaded on " + System.getProperty("os.name") + " "
                                + System.getProperty("os.arch") + " (" + LinkErrors.text(e)
                                + "); add org.bytedeco:dnnl with the classifier of this platform, or use --provider cpu",
                        e);
            }
        }
        return known;
    }

    private static synchronized FutureTask<Void> loading() {
        if (loading == null) {
            loading = new FutureTask<>(OneDnn::open, null);
        }
        return loading;
    }

    /** Who comes after a failure that was told tries anew. */
    private static synchronized void forget(FutureTask<Void> failed) {
        if (loading == failed) {
            loading = null;
        }
    }

    private static void open() {
        OpenMp.load(OneDnn::loadLibraries);
        engine made = new engine(engine.kind.cpu, 0);
        made.retainReference(); // whoever asks first may do so in a PointerScope of their own
        cpu = made;
    }

    /**
     * On Linux from where they lie unpacked, as the {@code elastic} command has them, or from JavaCPP's cache, into which they are taken out
     * of their jar.
     *
     * <p>JavaCPP by itself would also put links to what is loaded already, LibTorch's copy of OpenMP for one, into the cache in place
     * of the files there, which other processes then put back. Two that do so in the same moment write through such a link into a
     * library that a third one runs, and crash it.
     */
    private static void loadLibraries() {
        if (Loader.getPlatform().startsWith("linux")) {
            FoundLibraries found = FoundLibraries.ofJavaCpp();
            BOTTOM_UP.forEach((name, fileName) -> file(fileName).ifPresent(file -> {
                Loader.loadLibrary(OneDnn.class, new URL[] {file}, name);
                found.skip(List.of(name));
            }));
        }
        Loader.load(dnnl.class);
    }

    private static Optional<URL> file(String name) {
        try {
            String folder = System.getProperty("elasticvision.native.path", "");
            Path unpacked = Path.of(folder, name);
            if (!folder.isBlank() && Files.isRegularFile(unpacked)) {
                return Optional.of(unpacked.toUri().toURL());
            }
            URL inJar = dnnl.class.getResource("/org/bytedeco/dnnl/" + Loader.getPlatform() + "/" + name);
            return inJar == null
                    ? Optional.empty()
                    : Optional.of(Loader.cacheResource(inJar).toURI().toURL());
        } catch (IOException e) {
            throw new UncheckedIOException("it cannot be unpacked: " + e.getMessage(), e);
        }
    }

    /** {@return such as {@code 3.11.0}} */
    public static String version() {
        cpu();
        dnnl_version_t version = dnnl.dnnl_version();
        return version.major() + "." + version.minor() + "." + version.patch();
    }

    /** {@return the newest instructions that it uses here, such as {@code avx512_core_vnni}} */
    public static String instructions() {
        cpu();
        return dnnl.get_effective_cpu_isa().toString().toLowerCase(Locale.ROOT);
    }
}
