package org.elasticvision.runtime.engine.onednn.natives;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.LinkErrors;
import org.elasticvision.runtime.base.Uninterrupted;

/** The library: loaded once, on the CPU. Safe for use by any number of threads. */
public final class OneDnn {
    /** JavaCPP's name for each library on Linux, and the file's. */
    private static final String[][] BOTTOM_UP = {
        {"gomp@.1", "libgomp.so.1"}, {"dnnl@.3", "libdnnl.so.3"}, {"jnidnnl", "libjnidnnl.so"}
    };

    private static volatile engine cpu; // lives as long as the process

    private static FutureTask<Void> loading; // the one that goes on or is done; guarded by the class

    private OneDnn() {}

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
        cpu = new engine(engine.kind.cpu, 0);
    }

    /** Those that lie unpacked, as the {@code elastic} command has them; else JavaCPP takes them out of their jar. */
    private static void loadLibraries() {
        String folder = System.getProperty("elasticvision.native.path", "");
        if (!folder.isBlank()) {
            for (String[] library : BOTTOM_UP) {
                Path file = Path.of(folder, library[1]);
                if (Files.isRegularFile(file)) {
                    try {
                        Loader.loadLibrary(OneDnn.class, new URL[] {file.toUri().toURL()}, library[0]);
                    } catch (MalformedURLException e) {
                        throw new IllegalStateException(e); // a file's is well-formed
                    }
                }
            }
        }
        Loader.load(dnnl.class);
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
