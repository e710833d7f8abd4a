package org.elasticvision.convert.tensorrt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Function;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescription;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescriptionFile;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.ContentHash;

/**
 * An engine file and its description beside it, which are of no use without each other: both are written or neither. Written
 * once; for one thread.
 */
final class EngineFiles {
    private final Path engine;
    private final Path description;
    private boolean moved;
    private Optional<ShutdownDelay> delay = Optional.empty();

    EngineFiles(Path engine) {
        this.engine = engine;
        this.description = EngineDescription.beside(engine);
    }

    /** Makes what is written, once it is known that it can be. */
    @FunctionalInterface
    interface Maker {
        /** Builds the engine and hands it to {@code save}, once. */
        void make(Saving saving) throws IOException;
    }

    /** Takes what was made. */
    @FunctionalInterface
    interface Saving {
        /**
         * Writes both under temporary names.
         *
         * @param describe makes the description, given the SHA-256 of the engine
         */
        EngineDescription save(ByteBuffer contents, Function<String, EngineDescription> describe) throws IOException;
    }

    /**
     * Looks whether both can be written, has the engine made, and writes them. Files that were there before stay until then,
     * and nothing else is left whatever goes wrong.
     *
     * @throws org.elasticvision.runtime.base.ElasticVisionException if they cannot be written
     */
    void write(Maker maker) {
        try {
            AtomicFile.replace(description, newDescription -> {
                AtomicFile.replace(
                        engine,
                        newEngine -> maker.make(
                                (contents, describe) -> save(contents, newEngine, newDescription, describe)));
                moved = true;
            });
        } catch (RuntimeException e) {
            if (moved) {
                undo(e);
            }
            throw e;
        } finally {
            delay.ifPresent(ShutdownDelay::close);
        }
    }

    private EngineDescription save(
            ByteBuffer contents, Path newEngine, Path newDescription, Function<String, EngineDescription> describe)
            throws IOException {
        delay = Optional.of(ShutdownDelay.begin());
        try (FileChannel out = FileChannel.open(newEngine, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = contents.duplicate();
            while (rest.hasRemaining()) {
                out.write(rest);
            }
        }
        EngineDescription described = describe.apply(ContentHash.ofFile(newEngine));
        EngineDescriptionFile.write(newDescription, described);
        return described;
    }

    /** The new engine lies there, but its description could not be put beside it. */
    private void undo(RuntimeException failure) {
        for (Path file : new Path[] {engine, description}) {
            try {
                if (Files.isRegularFile(file)) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
