package org.elasticvision.runtime.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.doctor.checkup.Checkup;

/**
 * Opens models in one library, such as ONNX Runtime. A public class with a public constructor without parameters, named in
 * {@code META-INF/services/org.elasticvision.runtime.engine.EngineProvider} of its jar; nothing else has to know of it.
 *
 * <p>An object of it is made for each search and must load without its library: only {@link #open}, {@link #version} and the
 * like touch that. Safe for use by any number of threads.
 */
public interface EngineProvider {
    /** {@return what people call it, such as {@code ONNX Runtime}} */
    String name();

    /**
     * Whether a file is of a format that it runs: a quick look at the name or the first bytes. One that is damaged further on is
     * of that format too; opening it says what is wrong.
     *
     * @param file one that exists
     * @return whether {@link #open} is to be asked; false where the file cannot be read
     */
    boolean opens(Path file);

    /**
     * {@return on what it runs models, as {@link EngineOptions#provider()} and {@code --provider} name it; at least one, and no name that
     * another engine has, unless one of the two {@link #isFixed}}
     */
    List<Provider> providers();

    /**
     * {@return whether it runs models as asked: here, whether it has the provider. One that takes plug-ins has more than
     * {@link #providers()} lists}
     *
     * @param options with any provider
     */
    default boolean runs(EngineOptions options) {
        return providers().contains(options.provider());
    }

    /**
     * {@return whether a provider is a plug-in, to which {@link EngineOptions#plugin()} means something}
     *
     * @param provider one of its own
     */
    default boolean isPlugin(Provider provider) {
        return false;
    }

    /**
     * {@return whether its files are made for one place, as machine code for a GPU is, and run there whatever
     * {@link EngineOptions#provider()} says}
     */
    default boolean isFixed() {
        return false;
    }

    /**
     * {@return whether {@link EngineOptions#gpu()} means anything to it}
     *
     * @param provider one of its own
     */
    default boolean usesGpu(Provider provider) {
        return false;
    }

    /**
     * {@return whether {@link EngineOptions#precision()} means anything to it}
     *
     * @param provider one of its own
     */
    default boolean changesPrecision(Provider provider) {
        return false;
    }

    /**
     * {@return whether it keeps models in {@link EngineOptions#optimizedModels()}}
     *
     * @param provider one of its own
     */
    default boolean keepsModels(Provider provider) {
        return false;
    }

    /**
     * Opens a model, or says in one line why not and what to do. It does not run it anywhere else than asked for.
     *
     * @param file a file that is there and not empty
     * @param options how it is opened; the provider is one of its own, unless {@link #isFixed}
     * @return the open engine
     * @throws ModelException where it is damaged, not a model, or one that cannot be run here: then with the remedy
     */
    Engine open(Path file, EngineOptions options);

    /**
     * Loads what {@link #open} will need of the library, so that it finds it loaded: a command does this while it is still being read. Never
     * fails: what goes wrong is told by {@link #open}. By default nothing is done.
     *
     * @param file a file that is there
     * @param options as for {@link #open}
     */
    default void loadAhead(Path file, EngineOptions options) {}

    /**
     * Opens a model to look at what it computes on the way.
     *
     * @param file a file that is there and not empty
     * @param options how it is opened
     * @return the open model
     * @throws ModelException as {@link #open}, or where this library does not do it
     */
    default Probe probe(Path file, EngineOptions options) {
        throw new ModelException(file + " runs in " + name() + ", which shows outputs only; give the .onnx file");
    }

    /**
     * Makes ready to measure a model node by node.
     *
     * @param file a file that is there and not empty
     * @return what measures
     * @throws ModelException where this library does not do it
     */
    default NodeTime.Measuring nodeTimes(Path file) {
        throw new ModelException(
                file + " runs in " + name() + ", which cannot be measured node by node here; give the .onnx file");
    }

    /** {@return the version of its library, which is loaded; empty where it is missing or damaged} */
    Optional<String> version();

    /** {@return new checkups, which say whether its library can be used and what adds it} */
    default List<Checkup> checkups() {
        return List.of();
    }

    /** {@return one of each engine on the class path, that of {@link Provider#AUTO} first; looked for as the stream goes on} */
    static Stream<EngineProvider> all() {
        return EngineSearch.all();
    }

    /**
     * {@return the engine that runs a model}
     *
     * @param file need not be there
     * @param provider on what it is to run
     * @throws ModelException where no engine has this provider
     */
    static EngineProvider of(Path file, Provider provider) {
        return of(file, EngineOptions.defaults().withProvider(provider));
    }

    /**
     * {@return the engine that runs a model}
     *
     * @param file need not be there
     * @param options on what it is to run, and with which plug-in
     * @throws ModelException where no engine has this provider
     */
    static EngineProvider of(Path file, EngineOptions options) {
        return EngineSearch.find(file, options);
    }
}
