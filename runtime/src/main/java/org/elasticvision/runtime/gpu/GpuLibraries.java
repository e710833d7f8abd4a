package org.elasticvision.runtime.gpu;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.javacpp.Loader;

/** Which libraries of NVIDIA's each part needs, and whether they are there. Safe for use by any number of threads. */
public final class GpuLibraries {
    /** NVIDIA's driver, which every part needs; nothing but the driver's own installer brings it. */
    public static final String DRIVER = "libcuda.so.1";

    private static final String LATE = "later:";
    private static final Map<GpuPart, List<GpuLibrary>> NEEDED = table();

    private GpuLibraries() {}

    /**
     * {@return what a part needs besides the driver, those that others need first}
     *
     * @param part which
     */
    public static List<GpuLibrary> of(GpuPart part) {
        return NEEDED.get(part);
    }

    /**
     * Looks for the first library of a part that does not load. Loads those before it for good: for parts that are about to be
     * loaded, and for processes that do nothing else. On Linux only; elsewhere nothing is looked for.
     *
     * @param part which
     * @return the library; empty where all are there
     */
    public static Optional<MissingLibrary> firstMissing(GpuPart part) {
        return firstMissing(of(part), GpuLibraries::find);
    }

    /**
     * As {@link #firstMissing}, without those that the part opens only when it uses them.
     *
     * @param part which
     * @return the library; empty where the part loads
     */
    public static Optional<MissingLibrary> firstMissingToLoad(GpuPart part) {
        return firstMissing(
                of(part).stream().filter(library -> !library.isLate()).toList(), GpuLibraries::find);
    }

    static Optional<MissingLibrary> firstMissing(List<GpuLibrary> needed, Function<String, SharedLibrary> find) {
        for (GpuLibrary library : needed) {
            SharedLibrary found = find.apply(library.fileName());
            switch (found.presence()) {
                case MISSING, BROKEN -> {
                    return Optional.of(MissingLibrary.of(library, found));
                }
                case LOADS, NOT_ASKED -> {} // and so to the next
            }
        }
        return Optional.empty();
    }

    /** TensorRT's can lie in a jar, from where only Java's bridge to it loads them. */
    private static SharedLibrary find(String fileName) {
        String resource = "/org/bytedeco/tensorrt/" + Loader.getPlatform() + "/" + fileName;
        return GpuLibraries.class.getResource(resource) != null
                ? new SharedLibrary(fileName, SharedLibrary.Presence.LOADS, "")
                : SharedLibrary.load(fileName);
    }

    private static Map<GpuPart, List<GpuLibrary>> table() {
        List<String[]> rows = Tables.read("libraries.tsv");
        Map<GpuPart, List<GpuLibrary>> needed = new EnumMap<>(GpuPart.class);
        for (GpuPart part : GpuPart.values()) {
            needed.put(
                    part,
                    rows.stream().flatMap(row -> library(row, part).stream()).toList());
        }
        return needed;
    }

    private static Optional<GpuLibrary> library(String[] row, GpuPart part) {
        List<String> parts = Arrays.asList(row[2].split(" "));
        boolean isLate = parts.contains(LATE + part.id());
        return isLate || parts.contains(part.id())
                ? Optional.of(new GpuLibrary(row[0], row[1], isLate, row[3], row[4]))
                : Optional.empty();
    }
}
