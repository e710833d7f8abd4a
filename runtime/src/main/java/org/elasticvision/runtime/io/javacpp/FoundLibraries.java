package org.elasticvision.runtime.io.javacpp;

import java.lang.reflect.Field;
import java.net.URL;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.Loader;

/**
 * Where JavaCPP notes in which places it has found a native library. One that is in none it takes as loaded: it neither searches the class
 * path for it, nor puts a link to it into its cache. There is no public way to say so; where this one is closed, all works, but slower.
 *
 * <p>To be used by one thread at a time.
 */
public final class FoundLibraries {
    private final Map<String, URL[]> found;

    private FoundLibraries(Map<String, URL[]> found) {
        this.found = found;
    }

    /** {@return those of this process} */
    @SuppressWarnings("unchecked")
    public static FoundLibraries ofJavaCpp() {
        try {
            Field field = Loader.class.getDeclaredField("foundLibraries");
            field.setAccessible(true);
            return new FoundLibraries((Map<String, URL[]>) field.get(null));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return new FoundLibraries(new HashMap<>()); // another version of JavaCPP, or it is a named module
        }
    }

    /** {@return the names of all libraries that were searched for} */
    public Set<String> names() {
        return new HashSet<>(found.keySet());
    }

    /**
     * Keeps JavaCPP from searching.
     *
     * @param names JavaCPP's, such as {@code dnnl@.3}
     */
    public void skip(Collection<String> names) {
        names.forEach(name -> found.put(name, new URL[0]));
    }

    /**
     * Lets JavaCPP search, anew where it did before.
     *
     * @param names JavaCPP's
     */
    public void forget(Collection<String> names) {
        found.keySet().removeAll(names);
    }
}
