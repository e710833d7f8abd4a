package org.elasticvision.convert.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.elasticvision.convert.onnx.TestProto;
import org.elasticvision.convert.onnx.extract.ModelParts;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.calibration.CalibrationCache;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.tensorrt.support.SupportCheck;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.dataset.IdxFiles;
import org.elasticvision.runtime.explain.ElasticNetworks;
import org.elasticvision.runtime.fuzz.FuzzTarget;
import org.elasticvision.runtime.fuzz.FuzzTargets;
import org.elasticvision.runtime.model.Task;

/** What convert reads. */
public final class ConvertTargets implements FuzzTargets {
    private static final String[] IMAGE = {"N", "3", "8", "8"};

    @Override
    public List<FuzzTarget> all() {
        return Stream.concat(CheckpointTargets.all().stream(), models().stream())
                .toList();
    }

    private static List<FuzzTarget> models() {
        return List.of(
                new FuzzTarget(
                        "onnx-own",
                        "a.onnx",
                        ElasticVisionException.class,
                        ConvertTargets::own,
                        ConvertTargets::quantizable),
                new FuzzTarget(
                        "onnx-foreign",
                        "a.onnx",
                        ModelException.class,
                        ConvertTargets::foreign,
                        ConvertTargets::supported),
                new FuzzTarget(
                        "calibration",
                        "a.gz",
                        ElasticVisionException.class,
                        folder -> calibrations(),
                        ConvertTargets::calibration));
    }

    private static List<byte[]> own(Path folder) throws IOException {
        Path own = folder.resolve("own.onnx");
        OwnModel.write(own);
        return List.of(
                Files.readAllBytes(own),
                Files.readAllBytes(TestModels.segmenter(folder, 1)),
                Files.readAllBytes(ElasticNetworks.classifier(folder.resolve("elastic.onnx"), Task.CLASSIFICATION, 1)));
    }

    /** What quantize does before it opens an engine, and what it places afterwards. */
    private static void quantizable(Path file) {
        Quantization quantization = Quantization.of(file);
        quantization.orientation();
        for (Int8Target target : Int8Target.values()) {
            quantization.places(QuantizationOptions.of(target));
        }
    }

    private static List<byte[]> foreign(Path folder) throws IOException {
        Path subgraphs = new TestProto(18)
                .input("x", TestProto.FLOAT, IMAGE)
                .integers("k", TestProto.INT64, List.of(1L), 2)
                .zeros("s", TestProto.FLOAT)
                .integers("z", TestProto.INT8, List.of(), 0)
                .node("QuantizeLinear", "x s z", "q")
                .node("DequantizeLinear", "q s z", "d")
                .node("TopK", "d k", "v i", TestProto.attribute("axis", 1))
                .node("Sequence", "local", "v", "y")
                .function("local", "Sequence")
                .output("y", TestProto.FLOAT)
                .write(folder.resolve("foreign.onnx"));
        return Stream.concat(Stream.of(Files.readAllBytes(subgraphs)), own(folder).stream())
                .toList();
    }

    /** What inspect --tensorrt and extract ask of a file before an engine has it. */
    private static void supported(Path file) {
        SupportCheck.of(file);
        ModelParts parts = ModelParts.of(file);
        for (String value : parts.values()) {
            parts.operator(value);
            parts.sources(value);
            parts.floatShape(value);
        }
    }

    /** A calibration of one value, before it is compressed. */
    private static List<byte[]> calibrations() {
        ByteBuffer one = ByteBuffer.allocate(1 << 15);
        one.putInt(0x45564302).putInt(1).putShort((short) 1).put((byte) 'x');
        return List.of(one.array());
    }

    /** Changes are made before compression, which nothing else would get past. */
    private static void calibration(Path file) throws IOException {
        Files.write(file, IdxFiles.zip(Files.readAllBytes(file)));
        new CalibrationCache(file.getParent()).read(file);
    }
}
