package org.elasticvision.convert.cli.conversion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.elasticvision.convert.Conversion;
import org.elasticvision.convert.ConversionOptions;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.pass.Passes;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.io.FileKind;
import org.elasticvision.runtime.io.TemporaryFolder;
import org.elasticvision.runtime.model.ModelInfo;

/**
 * An ONNX model that an engine is built from, made of a checkpoint or an fp32 model on the way, in a temporary folder that goes when this is
 * closed. For one thread.
 */
public final class EngineModel implements AutoCloseable {
    private final Path file;
    private final TemporaryFolder folder;

    private EngineModel(Path file, TemporaryFolder folder) {
        this.file = file;
        this.folder = folder;
    }

    /**
     * {@return whether a model has to be made on the way; else the file is built from as it is}
     *
     * @param given a checkpoint or an ONNX model
     * @param precision of the engine; empty for what the file has, of a checkpoint fp32
     * @throws ModelException if another precision is asked for than that of an ONNX model, which is not in fp32
     */
    public static boolean isToBeMade(Path given, Optional<TargetPrecision> precision) {
        boolean checkpoint = isCheckpoint(given);
        if (!checkpoint && precision.isPresent()) {
            requireFp32(given);
        }
        return checkpoint || precision.isPresent();
    }

    /**
     * Makes it.
     *
     * @param given a checkpoint or an fp32 model
     * @param precision of the engine; empty for fp32
     * @param images to calibrate with, for int8
     * @param notes receives what the user should know, in lines
     * @throws ElasticVisionException if the checkpoint cannot be converted, or the model not be quantized
     */
    public static EngineModel make(
            Path given,
            Optional<TargetPrecision> precision,
            Optional<CalibrationImages> images,
            Consumer<String> notes) {
        TemporaryFolder folder = TemporaryFolder.create("engine");
        try {
            Path source = isCheckpoint(given) ? converted(given, folder, notes) : given;
            return new EngineModel(
                    reduced(source, precision.orElse(TargetPrecision.FP32), images, folder, notes), folder);
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    /** {@return the ONNX file, there until this is closed} */
    public Path file() {
        return file;
    }

    @Override
    public void close() {
        folder.close();
    }

    private static boolean isCheckpoint(Path file) {
        try {
            return FileKind.of(file)
                    .filter(kind -> kind == FileKind.CHECKPOINT || kind == FileKind.SAFETENSORS)
                    .isPresent();
        } catch (IOException e) {
            return false; // opening it says why
        }
    }

    private static void requireFp32(Path given) {
        ModelInfo info =
                ModelInfo.fromMetadata(given.toString(), OnnxModel.read(given).metadata());
        if (!info.precision().equals("fp32")) {
            throw new ModelException(
                    given + " is " + info.precision() + " already; leave out --fp16 and --int8 to build"
                            + " the engine as the model is, or give the fp32 model or the checkpoint that it was made from");
        }
    }

    private static Path converted(Path checkpoint, TemporaryFolder folder, Consumer<String> notes) {
        Path model = folder.resolve("fp32.onnx");
        try (Checkpoint opened = Checkpoint.open(checkpoint)) {
            Conversion.convert(opened, model, ConversionOptions.defaults(), notes);
            return model;
        } catch (ElasticVisionException e) {
            if (e.getMessage().contains(" --")) { // what it advises is an option of another command
                throw new ElasticVisionException(
                        e.getMessage() + ", of 'elastic convert', and build the engine from the model that it writes",
                        e);
            }
            throw e;
        }
    }

    private static Path reduced(
            Path fp32,
            TargetPrecision precision,
            Optional<CalibrationImages> images,
            TemporaryFolder folder,
            Consumer<String> notes) {
        return switch (precision) {
            case FP32 -> fp32;
            case FP16 -> {
                Path model = folder.resolve("fp16.onnx");
                OnnxModel read = OnnxModel.read(fp32);
                ModelInfo info = ModelInfo.fromMetadata(fp32.toString(), read.metadata());
                new OnnxModel(
                                Passes.FP16.run(read.graph()),
                                read.opset(),
                                info.withPrecision(precision.exported().id()).toMetadata())
                        .write(model);
                yield model;
            }
            case INT8 -> {
                Path model = folder.resolve("int8.onnx");
                notes.accept(Int8Step.write(fp32, model, Int8Target.TENSORRT, images.orElseThrow()));
                yield model;
            }
        };
    }
}
