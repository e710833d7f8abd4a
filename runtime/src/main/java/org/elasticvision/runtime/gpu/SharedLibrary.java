package org.elasticvision.runtime.gpu;

import org.bytedeco.javacpp.Loader;

/**
 * Whether the system's dynamic loader finds and loads a library.
 *
 * @param fileName such as {@code libcuda.so.1}
 * @param presence the outcome
 * @param message what the loader says where it is broken, else empty
 */
public record SharedLibrary(String fileName, Presence presence, String message) {
    /** What can come of loading a library. */
    public enum Presence {
        /** It is there, and now loaded. */
        LOADS,
        /** There is no such file. */
        MISSING,
        /** There is such a file, but it is damaged, or another that it needs is missing. */
        BROKEN,
        /** Only Linux was asked. */
        NOT_ASKED
    }

    /**
     * Loads it for good, and runs its code: for processes that do nothing else, and for what is about to be loaded anyway.
     *
     * @param fileName such as {@code libcuda.so.1}, or the path of a file
     * @return the outcome
     */
    public static SharedLibrary load(String fileName) {
        if (!Loader.getPlatform().startsWith("linux")) {
            return new SharedLibrary(fileName, Presence.NOT_ASKED, "");
        }
        try {
            Loader.loadGlobal(fileName);
            return new SharedLibrary(fileName, Presence.LOADS, "");
        } catch (UnsatisfiedLinkError e) {
            String message = String.valueOf(e.getMessage());
            // Of another library that this one needs, it names that one.
            boolean missing = message.startsWith(fileName + ": cannot open shared object file: No such file");
            return new SharedLibrary(fileName, missing ? Presence.MISSING : Presence.BROKEN, missing ? "" : message);
        }
    }

    /** {@return whether it loads} */
    public boolean loads() {
        return presence == Presence.LOADS;
    }
}
