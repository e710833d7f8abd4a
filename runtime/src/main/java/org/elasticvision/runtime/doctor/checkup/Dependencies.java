package org.elasticvision.runtime.doctor.checkup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.bytedeco.javacpp.Loader;

/** The versions of the libraries that this was built with, as the build wrote them. */
public final class Dependencies {
    private static final Properties VERSIONS = load();

    private Dependencies() {}

    /**
     * {@return the version of a dependency, such as {@code 13.1-9.19-1.5.13} of {@code cuda}}
     *
     * @param artifact its id, such as {@code cuda}
     * @throws IllegalArgumentException for one that is not listed
     */
    public static String version(String artifact) {
        String version = VERSIONS.getProperty(artifact);
        if (version == null) {
            throw new IllegalArgumentException("no version is known of " + artifact);
        }
        return version;
    }

    /** {@return the major version of CUDA, such as 13} */
    public static String cudaMajor() {
        return major(cuda()[0]);
    }

    /** {@return the major version of cuDNN, such as 9} */
    public static String cudnnMajor() {
        return major(cuda()[1]);
    }

    /** {@return the major version of TensorRT, such as 10} */
    public static String tensorRtMajor() {
        return major(version("tensorrt"));
    }

    /** CUDA's version, cuDNN's and JavaCPP's. */
    private static String[] cuda() {
        return version("cuda").split("-");
    }

    private static String major(String version) {
        return version.substring(0, version.indexOf('.'));
    }

    /**
     * {@return a dependency of org.bytedeco for this platform: its coordinates and its classifier}
     *
     * @param artifact its id, such as {@code opencv}
     * @param ending what the classifier has after the platform, such as {@code -redist}; mostly nothing
     */
    public static String bytedeco(String artifact, String ending) {
        return "org.bytedeco:" + artifact + ":" + version(artifact) + " with the classifier " + Loader.getPlatform()
                + ending;
    }

    private static Properties load() {
        try (InputStream in = Dependencies.class.getResourceAsStream("dependencies.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
