package org.elasticvision.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.elasticvision.runtime.fuzz.FuzzTarget;
import org.elasticvision.runtime.fuzz.FuzzTargets;

/** The targets of all modules on the class path. */
public final class Targets {
    private Targets() {}

    /**
     * Without words prints the name of each target and its module; with {@code FOLDER TARGET…} writes each target's seeds into a folder of its name.
     *
     * @param words none, or a folder and names
     * @throws IOException if a seed cannot be written
     */
    public static void main(String... words) throws IOException {
        if (words.length == 0) {
            modules().forEach(module -> module.all()
                    .forEach(target -> System.out.println(target.name() + " " + folder(module))));
            return;
        }
        for (String name : List.of(words).subList(1, words.length)) {
            Path folder = Files.createDirectories(Path.of(words[0], name));
            Path work = Files.createTempDirectory("seeds");
            int number = 0;
            for (byte[] seed : named(name).seeds().make(work)) {
                Files.write(folder.resolve("seed-" + number++), seed);
            }
        }
    }

    /** The module's, whose packages are called alike: {@code samples/serve}. */
    private static String folder(FuzzTargets module) {
        return module.getClass()
                .getPackageName()
                .replaceFirst("^org\\.elasticvision\\.", "")
                .replaceFirst("\\.fuzz$", "")
                .replace('.', '/');
    }

    static FuzzTarget named(String name) {
        return all().filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target is called " + name + "; there are "
                        + all().map(FuzzTarget::name).toList()));
    }

    private static Stream<FuzzTarget> all() {
        return modules().flatMap(module -> module.all().stream());
    }

    private static Stream<FuzzTargets> modules() {
        return ServiceLoader.load(FuzzTargets.class).stream().map(ServiceLoader.Provider::get);
    }
}
