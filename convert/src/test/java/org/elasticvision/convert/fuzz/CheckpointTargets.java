package org.elasticvision.convert.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.Recognition;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.convert.checkpoint.Pickle;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.safetensors.SafetensorsWriter;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.convert.weights.WeightSets;
import org.elasticvision.runtime.fuzz.FuzzTarget;
import org.elasticvision.runtime.fuzz.SeedFiles;

/** Checkpoints of every form with all their values, and the pickles in them alone, where no checksum hides what is changed. */
final class CheckpointTargets {
    private static final int FLOATS = 8;

    private CheckpointTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                checkpoint(
                        "checkpoint-legacy",
                        folder -> SeedFiles.of(
                                Checkpoint.class,
                                "legacy_bare_state_dict.pth",
                                "legacy_protocol4.pth.tar",
                                "legacy_numpy_scalar.pth.tar",
                                "kinds_legacy_1.pth",
                                "kinds_legacy_5.pth",
                                "kinds_module.pth"),
                        CheckpointTargets::read),
                checkpoint(
                        "checkpoint-zip",
                        folder -> SeedFiles.of(
                                Checkpoint.class,
                                "zip.pth.tar",
                                "zip64.pth.tar",
                                "kinds_zip_1.pth",
                                "kinds_zip_5.pth",
                                "kinds_bare_tensor.pth",
                                "kinds_torchscript.pth"),
                        CheckpointTargets::read),
                checkpoint("safetensors", CheckpointTargets::safetensors, CheckpointTargets::read),
                checkpoint("pickle-legacy", folder -> pickles(), file -> {
                    new Pickle().raw(Files.readAllBytes(file)).legacy(file, List.of("0"), FLOATS);
                    read(file);
                }),
                checkpoint("pickle-zip", folder -> pickles(), file -> {
                    new Pickle()
                            .raw(Files.readAllBytes(file))
                            .zip(file, true, "archive/data/0", new byte[FLOATS * Float.BYTES]);
                    recognise(file);
                }));
    }

    private static FuzzTarget checkpoint(String name, FuzzTarget.Seeds seeds, FuzzTarget.Reader reader) {
        return new FuzzTarget(name, "a.pth", CheckpointException.class, seeds, reader);
    }

    private static void read(Path file) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            readAll(checkpoint.value());
            checkpoint.entries();
            checkpoint.architecture();
            checkpoint.metadata();
            WeightSets.of(checkpoint, Optional.empty());
            checkpoint.stateDict();
        }
    }

    /** Which network it is of; slow, as all are tried. */
    private static void recognise(Path file) {
        read(file);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Recognition.of(checkpoint, Optional.empty(), Optional.empty());
        }
    }

    private static void readAll(Object value) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(CheckpointTargets::readAll);
        } else if (value instanceof Iterable<?> items) {
            items.forEach(CheckpointTargets::readAll);
        } else if (value instanceof CheckpointTensor tensor && !tensor.dtype().isComplex()) {
            tensor.toFloats();
        }
    }

    private static List<byte[]> safetensors(Path folder) throws IOException {
        Path file = folder.resolve("a.safetensors");
        SafetensorsWriter.write(
                file,
                Map.of(
                        "fc.weight", SavedTensor.floats(List.of(2L, 2L), () -> new float[4]),
                        "steps", SavedTensor.longs(List.of(), () -> new long[1])),
                Map.of("arch", "resnet50"));
        return List.of(Files.readAllBytes(file));
    }

    private static List<byte[]> pickles() {
        long[] shape = {2, 4};
        long[] stride = {4, 1};
        return List.of(
                new Pickle()
                        .op("}(")
                        .text("state_dict")
                        .global("collections", "OrderedDict")
                        .op(")R(")
                        .text("module.fc.weight")
                        .tensor("0", FLOATS, 0, shape, stride)
                        .op("u")
                        .text("arch")
                        .text("resnet50")
                        .op("u")
                        .bytes(),
                new Pickle()
                        .global("torch._utils", "_rebuild_parameter")
                        .op("(")
                        .tensor("0", FLOATS, 0, shape, stride)
                        .op("\u0088")
                        .global("collections", "OrderedDict")
                        .op(")RtR")
                        .bytes(),
                new Pickle()
                        .op("](N\u0088K\u0001G")
                        .raw(new byte[Double.BYTES])
                        .number(1L << 40)
                        .op("K\u0001K\u0002\u0086\u0094(K\u0001\u0091e")
                        .bytes(),
                new Pickle()
                        .global("numpy.core.multiarray", "scalar")
                        .global("numpy", "dtype")
                        .text("f8")
                        .op("K\u0000K\u0001\u0087R(K\u0003")
                        .text("<")
                        .op("NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tbC\b")
                        .raw(new byte[Double.BYTES])
                        .op("\u0086R")
                        .bytes(),
                new Pickle()
                        .global("models.net", "Net")
                        .op(")\u0081}(")
                        .text("_parameters")
                        .op("}(")
                        .text("w")
                        .tensor("0", FLOATS, 0, shape, stride)
                        .op("u")
                        .text("_modules")
                        .op("}")
                        .op("ub")
                        .bytes());
    }
}
