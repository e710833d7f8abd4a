package org.elasticvision.convert.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.elasticvision.convert.onnx.TestProto;
import org.elasticvision.convert.precision.Pictures;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code elastic inspect --tensorrt}, as a person runs it. */
class TensorRtCheckTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int elastic(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commandLine = ElasticCommandLine.create();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
    }

    private Path foreign(String operator) {
        return new TestProto(18)
                .input("x", TestProto.FLOAT, "1", "3", "8", "8")
                .node(operator, "x", "y")
                .output("y", TestProto.FLOAT)
                .write(folder.resolve("foreign.onnx"));
    }

    @Test
    void aModelThatIsTakenIsOneLine() {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 5);
        assertThat(elastic("inspect", "--tensorrt", model)).isZero();
        assertThat(out.toString().lines())
                .singleElement()
                .asString()
                .matches("TensorRT 10\\.15: supported \\(\\d+ operators, opset 18, fp32\\)");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aForeignModelWithoutOurMetadataIsCheckedToo() {
        assertThat(elastic("inspect", "--tensorrt", foreign("HardSwish"))).isZero();
        assertThat(out.toString()).contains("supported (1 operator, opset 18, fp32)");
        assertThat(elastic("inspect", "--tensorrt", foreign("Det"))).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly("TensorRT 10.15: refused: the-Det: Det is not supported; export the model without it");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theSameAsJson() {
        Path model = foreign("Det");
        assertThat(elastic("inspect", "--tensorrt", "--json", model)).isEqualTo(1);
        JsonObject object = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertThat(object.get("file").getAsString()).isEqualTo(model.toString());
        JsonObject found = object.getAsJsonObject("tensorrt");
        assertThat(found.get("version").getAsString()).isEqualTo("10.15");
        assertThat(found.get("supported").getAsBoolean()).isFalse();
        assertThat(found.get("operators").getAsInt()).isEqualTo(1);
        assertThat(found.get("opset").getAsInt()).isEqualTo(18);
        assertThat(found.get("precision").getAsString()).isEqualTo("fp32");
        assertThat(found.getAsJsonArray("notes")).isEmpty();
        assertThat(found.getAsJsonArray("refusals")).singleElement().satisfies(element -> {
            JsonObject refusal = element.getAsJsonObject();
            assertThat(refusal.get("node").getAsString()).isEqualTo("the-Det");
            assertThat(refusal.get("operator").getAsString()).isEqualTo("Det");
            assertThat(refusal.get("why").getAsString()).isEqualTo("is not supported");
            assertThat(refusal.get("remedy").getAsString()).isNotBlank();
        });
        assertThat(elastic("inspect", "--json", "--tensorrt", foreign("Relu"))).isZero();
        found = JsonParser.parseString(out.toString()).getAsJsonObject().getAsJsonObject("tensorrt");
        assertThat(found.get("supported").getAsBoolean()).isTrue();
        assertThat(found.getAsJsonArray("refusals")).isEmpty();
    }

    @Test
    void anInt8ModelForCpusNamesTheCommandThatMakesTheOther() throws IOException {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 5);
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        Pictures.write(pictures, 2);
        for (String target : List.of("cpu", "tensorrt")) {
            assertThat(elastic("quantize", "--target", target, "--cache", folder.resolve("cache"), model, pictures))
                    .as(err.toString())
                    .isZero();
        }
        assertThat(elastic("inspect", "--tensorrt", folder.resolve("tiny.int8.onnx")))
                .isEqualTo(1);
        assertThat(out.toString().lines())
                .singleElement()
                .asString()
                .contains("refused: the model: int8 is made for CPUs")
                .contains("'elastic quantize --target tensorrt'");
        assertThat(elastic("inspect", "--tensorrt", folder.resolve("tiny.int8-tensorrt.onnx")))
                .as(out.toString())
                .isZero();
        assertThat(out.toString()).contains("supported (").contains("int8)");
    }

    @Test
    void whatIsNoModelIsOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "not a model");
        Path empty = Files.createFile(folder.resolve("empty.onnx"));
        for (Path file : List.of(folder.resolve("none.onnx"), text, empty, folder)) {
            assertThat(elastic("inspect", "--tensorrt", file)).isEqualTo(1);
            assertThat(err.toString().lines()).singleElement().asString().startsWith("elastic: " + file);
            assertThat(out.toString()).isEmpty();
        }
    }
}
