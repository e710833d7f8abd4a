package org.elasticvision.runtime.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.base.Uninterrupted;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.EngineProvider;
import org.elasticvision.runtime.engine.Provider;

/**
 * Loads the library of the engine that will run the model while the command line is still being read, which takes as long. Looks only at
 * command lines that leave no doubt which engine that is; for all others nothing is done. Nothing is said here: what is wrong the command
 * itself finds.
 */
final class LibrariesAhead implements AutoCloseable {
    private static final String COMMAND = "predict";
    private static final String PROVIDER = "--provider";

    /** The beginnings of options that say more about the engine. */
    private static final List<String> OTHERS =
            List.of("--provider-", "--device", "--inference-precision", "--gpu", "@");

    private final Optional<Thread> thread;

    private LibrariesAhead(Optional<Thread> thread) {
        this.thread = thread;
    }

    /**
     * What is to be loaded.
     *
     * @param model the file
     * @param provider that is asked for
     */
    record Guess(Path model, Provider provider) {}

    /** Begins, if the command line is one of those; returns at once. */
    static LibrariesAhead start(String... args) {
        Optional<Thread> thread = guess(args).map(guess -> new Thread(() -> load(guess), "elastic-libraries"));
        thread.ifPresent(one -> {
            one.setDaemon(true);
            one.start();
        });
        return new LibrariesAhead(thread);
    }

    /** {@return empty where it cannot be said which engine it will be} */
    static Optional<Guess> guess(String... args) {
        if (args.length == 0
                || !args[0].equals(COMMAND)
                || Arrays.stream(args).anyMatch(argument -> OTHERS.stream().anyMatch(argument::startsWith))) {
            return Optional.empty();
        }
        Optional<Path> model = Optional.empty();
        Provider provider = Provider.AUTO;
        for (int i = 1; i < args.length; i++) {
            String argument = args[i];
            if (argument.equals(PROVIDER) && i + 1 < args.length) {
                i++;
                provider = known(args[i]);
            } else if (argument.startsWith(PROVIDER + "=")) {
                provider = known(argument.substring(PROVIDER.length() + 1));
            } else if (model.isEmpty() && isFile(argument)) {
                model = Optional.of(Path.of(argument));
            }
        }
        Provider asked = provider;
        return asked == null ? Optional.empty() : model.map(file -> new Guess(file, asked));
    }

    /** {@return null for one that is not for the processor} */
    private static Provider known(String word) {
        return List.of(Provider.AUTO, Provider.ONEDNN, Provider.CPU).stream()
                .filter(one -> one.id().equals(word))
                .findFirst()
                .orElse(null);
    }

    private static boolean isFile(String argument) {
        try {
            return Files.isRegularFile(Path.of(argument));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static void load(Guess guess) {
        try {
            EngineOptions options = EngineOptions.defaults().withProvider(guess.provider);
            EngineProvider.of(guess.model, options).loadAhead(guess.model, options);
        } catch (RuntimeException | Error e) {
            // the command comes upon it, and says so
        }
    }

    /** Waits until it is done: a process that ends while a library is being loaded may crash. */
    @Override
    public void close() {
        thread.ifPresent(Uninterrupted::join);
    }
}
