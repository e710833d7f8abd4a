package org.elasticvision.runtime.engine.tiny;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.EngineProvider;
import org.elasticvision.runtime.engine.Provider;

/**
 * A third engine, of a format of its own, in Java alone: what {@code docs/howto/add-an-engine.md} shows. No other class knows of it;
 * tests that want it found give the thread a class loader that sees its service file.
 */
public final class TinyEngineProvider implements EngineProvider {
    private static final byte[] BEGIN = "TINY\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String name() {
        return "Tiny";
    }

    @Override
    public boolean opens(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(BEGIN.length), BEGIN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Provider> providers() {
        return List.of(new Provider("tiny"));
    }

    /** Nothing else runs such a file. */
    @Override
    public boolean isFixed() {
        return true;
    }

    @Override
    public Engine open(Path file, EngineOptions options) {
        return TinyEngine.open(file);
    }

    @Override
    public Optional<String> version() {
        return Optional.of("7.5");
    }

    @Override
    public List<Checkup> checkups() {
        return List.of(new TinyCheckup());
    }
}
