package org.elasticvision.runtime.engine.onednn.natives;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.LinkErrors;

/** The library: loaded once, on the CPU. Safe for use by any number of threads. */
public final class OneDnn {
    /** JavaCPP's name for each library on Linux, and the file's. */
    private static final String[][] BOTTOM_UP = {
        {"gomp@.1", "libgomp.so.1"}, {"dnnl@.3", "libdnnl.so.3"}, {"jnidnnl", "libjnidnnl.so"}
    };

    private static engine cpu; // guarded by the class; lives as long as the process

    private OneDnn() {}

    /**
     * Loads the library, if that was not done yet.
     *
     * @throws ElasticVisionException where that is not possible here, in one line
     */
    public static void load() {
        cpu();
    }

    static synchronized engine cpu() {
        if (cpu == null) {
            try {
                OpenMp.load(OneDnn::loadLibraries);
                cpu = new engine(engine.kind.cpu, 0);
            } catch (LinkageError | RuntimeException e) {
                throw new ElasticVisionException(
                        "oneDNN's native library cannot be loaded on " + System.getProperty("os.name") + " "
                                + System.getProperty("os.arch") + " (" + LinkErrors.text(e)
                                + "); add org.bytedeco:dnnl with the classifier of this platform, or use --provider cpu",
                        e);
            }
        }
        return cpu;
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
