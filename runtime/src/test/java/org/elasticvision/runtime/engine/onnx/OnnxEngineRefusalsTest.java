package org.elasticvision.runtime.engine.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every file that cannot be run is refused in one line that names it and says what to do. */
class OnnxEngineRefusalsTest {
    private static final float[][] WEIGHTS = new float[64][3];

    @TempDir
    Path folder;

    @Test
    void missing() {
        assertRefused(folder.resolve("missing.onnx"), "does not exist");
    }

    @Test
    void folder() {
        assertRefused(folder, "is a folder");
    }

    @Test
    void empty() throws IOException {
        assertRefused(Files.createFile(folder.resolve("empty.onnx")), "is empty");
    }

    @Test
    void text() throws IOException {
        assertRefused(Files.writeString(folder.resolve("text.onnx"), "This is not a model.\n"), "is not an ONNX model");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 0.5, 0.9, 0.99})
    void cutOff(double part) throws IOException {
        byte[] whole = Files.readAllBytes(good().write(folder.resolve("whole.onnx")));
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, (int) (whole.length * part)));
        assertRefused(cut, "convert or copy it again");
    }

    @Test
    void newerOpset() {
        assertRefused(good().opset(999).write(folder.resolve("newer.onnx")), "newer ONNX");
    }

    @Test
    void newerFormat() {
        assertRefused(
                good().irVersion(99).write(folder.resolve("newer.onnx")),
                "newer ONNX than this library runs; convert the checkpoint again with 'elastic convert', or save it"
                        + " for an older ONNX, such as IR version 10 and opset 21 (Load model from "
                        + folder.resolve("newer.onnx") + " failed: Unsupported model IR version: 99");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "504b030414000800 | r50/data.pkl | is a PyTorch checkpoint; convert it first: elastic convert ",
                "80028a0a | '' | is a PyTorch checkpoint; convert it first: elastic convert ",
                "'' | version https://git-lfs.github.com/spec/v1 | is a Git LFS pointer, not the file itself; fetch it"
                        + " with 'git lfs pull'",
                "'' | <!DOCTYPE html><p>Sign in | is a web page, not a model; download the file itself",
                "efbbbf | <html> | is a web page, not a model",
                "ffd8ffe0 | '' | is an image, not a model; the model comes first, then the images",
                "89504e470d0a1a0a | '' | is an image, not a model",
                "1f8b0800 | '' | is a compressed file or an archive, not a model; unpack it first",
                "504b030414000800 | readme.txt | is a compressed file or an archive",
                "'' | { \"tensorRt\": \"10.15\" } | is a JSON file, not a model; give the .onnx or .engine file",
                "4000000000000000 | {\"w\": | is a safetensors file of weights; convert it first",
                "1c000000 | TFL3 | is a TensorFlow Lite model, not a model of this library"
            })
    void otherFiles(String bytes, String text, String reason) throws IOException {
        Path file = folder.resolve("other file.onnx");
        Files.write(file, HexFormat.of().parseHex(bytes));
        Files.writeString(file, text, StandardOpenOption.APPEND);
        assertRefused(file, reason);
        if (reason.endsWith("elastic convert ")) { // to be pasted, in spite of the space
            assertRefused(file, reason + "'" + file + "'");
        }
    }

    @Test
    void unknownOperator() {
        Path file = new OnnxFile()
                .input("image", 1, 3)
                .output("logits", 1, 3)
                .node("Frobnicate", List.of("image"), "logits", Map.of())
                .write(folder.resolve("unknown.onnx"));
        assertRefused(file, "Frobnicate");
    }

    @Test
    void twoInputs() {
        Path file = new OnnxFile()
                .input("left", 1, 3)
                .input("right", 1, 3)
                .output("sum", 1, 3)
                .node("Add", List.of("left", "right"), "sum", Map.of())
                .write(folder.resolve("two.onnx"));
        assertRefused(file, "has 2 inputs [left, right]");
    }

    @Test
    void notFloat() {
        Path file = new OnnxFile()
                .input("image", TensorProto.DataType.DOUBLE, 1, 3)
                .output("logits", TensorProto.DataType.DOUBLE, 1, 3)
                .node("Identity", List.of("image"), "logits", Map.of())
                .write(folder.resolve("double.onnx"));
        assertRefused(file, "input 'image' is not a float32 tensor");
    }

    @Test
    void openSizes() {
        Path file = new OnnxFile()
                .input("image", TensorShape.ANY, 3, TensorShape.ANY, 4)
                .output("same", TensorShape.ANY, 3, TensorShape.ANY, 4)
                .node("Relu", List.of("image"), "same", Map.of())
                .write(folder.resolve("open.onnx"));
        assertRefused(file, "of which only the batch may be open");
    }

    private static OnnxFile good() {
        return TinyNetworks.classifier(1, 1, 1, WEIGHTS, new float[64]);
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> Engine.open(file, EngineOptions.defaults().withProvider(Provider.CPU)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(reason)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
