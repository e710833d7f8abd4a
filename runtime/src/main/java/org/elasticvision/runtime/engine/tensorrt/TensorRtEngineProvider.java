package org.elasticvision.runtime.engine.tensorrt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.EngineProvider;
import org.elasticvision.runtime.engine.NodeTime;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.gpu.TensorRt;
import org.elasticvision.runtime.io.FileKind;

/** TensorRT, which runs the engine files that {@code elastic build-engine} writes. */
public final class TensorRtEngineProvider implements EngineProvider {
    /** How every serialized engine begins. */
    private static final byte[] BEGIN = "ftrt".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String name() {
        return "TensorRT";
    }

    /** By its name, unless it is known to be something else, or else by its first bytes. */
    @Override
    public boolean opens(Path file) {
        try {
            boolean isNamedSo =
                    file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".engine");
            return (isNamedSo && FileKind.of(file).isEmpty()) || begins(file);
        } catch (IOException e) {
            return false; // who opens it says what is wrong
        }
    }

    private static boolean begins(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(BEGIN.length), BEGIN);
        }
    }

    @Override
    public List<Provider> providers() {
        return List.of(Provider.TENSORRT);
    }

    @Override
    public boolean isFixed() {
        return true;
    }

    @Override
    public boolean usesGpu(Provider provider) {
        return true;
    }

    @Override
    public Engine open(Path file, EngineOptions options) {
        return TensorRtEngine.open(file, options.gpu());
    }

    @Override
    public NodeTime.Measuring nodeTimes(Path file) {
        throw new ModelException(file
                + " is a TensorRT engine, which cannot be measured node by node here; give the .onnx file that it was"
                + " built from, or use NVIDIA's trtexec --dumpProfile");
    }

    @Override
    public Optional<String> version() {
        return TensorRt.status().version();
    }

    @Override
    public List<Checkup> checkups() {
        return List.of(new TensorRtCheckup());
    }
}
