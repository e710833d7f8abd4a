package org.elasticvision.convert.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.onnx.pass.Passes;
import org.elasticvision.convert.precision.Pictures;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.ops.Shape;
import org.elasticvision.convert.zoo.ops.ShapeOps;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code elastic inspect --layers} of models in each precision. */
class InspectLayersTest {
    private static final int CLASSES = 4;
    private static final int SIZE = 64;

    @TempDir
    Path folder;

    private CommandRun run;

    /** Written operation by operation, so that nothing is folded that is counted there. */
    @Test
    void theOperationsOfALiteralGraphAreThoseOfTheArchitecture() {
        Network network = Architecture.of("resnext_tiny").network(Task.CLASSIFICATION, CLASSES);
        ShapeOps counted = new ShapeOps();
        network.forward(counted, new Shape(3, SIZE, SIZE));
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, CLASSES);
        Path literal = folder.resolve("literal.onnx");
        new OnnxModel(
                        OnnxExporter.export(
                                "tiny",
                                Task.CLASSIFICATION,
                                network,
                                new SyntheticWeights(network),
                                new OnnxExporter.Options(SIZE, SIZE, BatchDimension.DYNAMIC, Opset.DEFAULT, false)),
                        Opset.DEFAULT,
                        OnnxModel.read(model).metadata())
                .write(literal);
        JsonObject json = json(literal);
        assertThat(json.get("flops").getAsLong()).isEqualTo(counted.flops());
        assertThat(json.get("flopsAreComplete").getAsBoolean()).isTrue();
        assertThat(layers(json))
                .allSatisfy(
                        layer -> assertThat(layer.get("output").isJsonArray()).isTrue());
    }

    @Test
    void aTableHasShapeOperationsBytesAndSums() throws IOException {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, CLASSES);
        assertThat(elastic("inspect", "--layers", model.toString()))
                .as(run.err())
                .isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).matches("layer +operator +output +FLOPs +weight bytes +precision");
        assertThat(lines).anyMatch(line -> line.matches(".* Gemm +1x4 +[1-9][0-9,]* +[1-9][0-9,]* +fp32"));
        assertThat(lines.get(lines.size() - 1))
                .matches((lines.size() - 2) + " layers +[1-9][0-9,]* +[1-9][0-9,]* +fp32 " + (lines.size() - 2));
        long bytes = json(model).get("weightBytes").getAsLong();
        assertThat(bytes).isBetween(Files.size(model) * 9 / 10, Files.size(model));
    }

    @Test
    void precisionIsSaidByTypesAndByQuantization() throws IOException {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, CLASSES);
        OnnxModel read = OnnxModel.read(model);
        Path half = folder.resolve("half.onnx");
        new OnnxModel(
                        Passes.FP16.run(read.graph()),
                        read.opset(),
                        ModelInfo.fromMetadata("", read.metadata())
                                .withPrecision("fp16")
                                .toMetadata())
                .write(half);
        assertThat(precisions(json(half), "Conv")).containsOnlyKeys("fp16");
        assertThat(precisions(json(half), "Cast")).containsEntry("fp32", 1L).containsEntry("fp16", 1L);
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        Pictures.write(pictures, 2);
        assertThat(elastic("quantize", "--no-cache", model.toString(), pictures.toString()))
                .as(run.err())
                .isZero();
        JsonObject int8 = json(folder.resolve("tiny.int8.onnx"));
        assertThat(precisions(int8, "Conv")).containsOnlyKeys("int8");
        assertThat(layers(int8))
                .extracting(layer -> layer.get("operator").getAsString())
                .doesNotContain("QuantizeLinear", "DequantizeLinear");
        assertThat(int8.get("weightBytes").getAsLong())
                .isLessThan(json(model).get("weightBytes").getAsLong() / 2);
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() throws IOException {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, CLASSES);
        assertThat(elastic("inspect", "--layers", "--tensorrt", model.toString()))
                .isEqualTo(2);
        assertThat(run.err()).contains("--layers").hasLineCount(1);
        assertThat(elastic("inspect", "--layers", "--provider", "cpu", model.toString()))
                .isEqualTo(2);
        assertThat(run.err()).contains("--provider does not change the graph").hasLineCount(1);
        Path text = Files.writeString(folder.resolve("text.onnx"), "not a model");
        assertThat(elastic("inspect", "--layers", text.toString())).isEqualTo(1);
        assertThat(run.err()).contains("text.onnx").hasLineCount(1);
    }

    private static Map<String, Long> precisions(JsonObject json, String operator) {
        return layers(json)
                .filter(layer -> layer.get("operator").getAsString().equals(operator))
                .collect(Collectors.groupingBy(layer -> layer.get("precision").getAsString(), Collectors.counting()));
    }

    private static Stream<JsonObject> layers(JsonObject json) {
        return StreamSupport.stream(json.getAsJsonArray("layers").spliterator(), false)
                .map(JsonElement::getAsJsonObject);
    }

    private JsonObject json(Path model) {
        assertThat(elastic("inspect", "--layers", "--json", model.toString()))
                .as(run.err())
                .isZero();
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    private int elastic(String... words) {
        run = CommandRun.of((Object[]) words);
        return run.exitCode();
    }
}
