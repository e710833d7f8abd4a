package org.elasticvision.runtime.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.ModelException;

/** Which engine runs a model: looked for anew each time, as class loaders come and go. */
final class EngineSearch {
    private EngineSearch() {}

    /**
     * Those that this library's class loader sees, then those that the thread's sees besides. The thread's alone would not do: where an
     * application is a jar of jars, threads of Java's common pool see none of them.
     */
    static Stream<EngineProvider> all() {
        ClassLoader own = EngineProvider.class.getClassLoader();
        ClassLoader thread = Thread.currentThread().getContextClassLoader();
        Stream<EngineProvider> all = seenBy(own);
        return thread == null || thread == own
                ? all
                : Stream.concat(all, Stream.of(thread).flatMap(EngineSearch::besides));
    }

    private static Stream<EngineProvider> seenBy(ClassLoader loader) {
        return ServiceLoader.load(EngineProvider.class, loader).stream().map(ServiceLoader.Provider::get);
    }

    private static Stream<EngineProvider> besides(ClassLoader loader) {
        Set<Class<?>> own = seenBy(EngineProvider.class.getClassLoader())
                .map(EngineProvider::getClass)
                .collect(Collectors.toSet());
        return seenBy(loader).filter(engine -> !own.contains(engine.getClass()));
    }

    /** {@return the engine for a file that was looked at} */
    static EngineProvider checked(Path file, EngineOptions options) {
        ModelFile.checkIsThere(file);
        return knowing(file, options).orElseGet(() -> {
            ModelFile.checkKind(file);
            return having(file, options);
        });
    }

    /** {@return the engine for a file that need not be there} */
    static EngineProvider find(Path file, EngineOptions options) {
        return (Files.isRegularFile(file) ? knowing(file, options) : Optional.<EngineProvider>empty())
                .orElseGet(() -> having(file, options));
    }

    /**
     * The first that has the provider and knows the file's format. No other is looked for then, as that would open every jar of the
     * class path.
     */
    private static Optional<EngineProvider> knowing(Path file, EngineOptions options) {
        return all().filter(engine -> (engine.isFixed() || engine.runs(options)) && engine.opens(file))
                .findFirst();
    }

    /** A file of a format that nobody knows goes to who has the provider, and who says what is wrong with it. */
    private static EngineProvider having(Path file, EngineOptions options) {
        return all().filter(engine -> !engine.isFixed() && engine.runs(options))
                .findFirst()
                .orElseThrow(() -> new ModelException(
                        file + " cannot run with the provider " + options.provider() + ": " + useOneOf()));
    }

    /** What models can be asked to run on; those of files that are made for one place are not asked. */
    static List<Provider> choices() {
        return all().filter(engine -> !engine.isFixed())
                .flatMap(engine -> engine.providers().stream())
                .distinct()
                .toList();
    }

    /** The end of a message about another one. */
    static String useOneOf() {
        List<Provider> choices = choices();
        return choices.isEmpty()
                ? "no engine is found; where jars are merged into one, their files in META-INF/services must be too"
                : "use one of " + choices.stream().map(Provider::id).collect(Collectors.joining(", "))
                        + ", or a plug-in that 'elastic provider list' shows";
    }
}
