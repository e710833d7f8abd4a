package org.elasticvision.samples;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ClassifyPhotoTest {
    private static final int SIZE = 64;

    @TempDir
    Path folder;

    @Test
    void printsTheLikeliestClassFirst() throws IOException {
        Path model = folder.resolve("model.onnx");
        Path photo = folder.resolve("photo.png");
        writeModel(model);
        ImageIO.write(picture(), "png", photo.toFile());
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream terminal = System.out;
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            ClassifyPhoto.main(new String[] {model.toString(), photo.toString()});
        } finally {
            System.setOut(terminal);
        }
        // All weights are 0, so the biases of the last layer are the logits: softmax of 0, 1, 2, 3, 4.
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        " 63.6 %  class 4",
                        " 23.4 %  class 3", "  8.6 %  class 2", "  3.2 %  class 1", "  1.2 %  class 0");
    }

    private static void writeModel(Path file) {
        Network network = Architecture.of("resnext50").network(Task.CLASSIFICATION, 5);
        Graph graph = OnnxExporter.export(
                "sample",
                Task.CLASSIFICATION,
                network,
                name -> weights(network, name),
                new OnnxExporter.Options(SIZE, SIZE, BatchDimension.DYNAMIC, Opset.DEFAULT, true));
        ModelInfo info = new ModelInfo(
                "resnext50",
                Task.CLASSIFICATION,
                Labels.numbered(5),
                Preprocessing.published(Task.CLASSIFICATION, SIZE, SIZE),
                "fp32",
                "0".repeat(64),
                "test");
        new OnnxModel(graph, Opset.DEFAULT, info.toMetadata()).write(file);
    }

    private static float[] weights(Network network, String name) {
        if (name.equals("fc.bias")) {
            return new float[] {0, 1, 2, 3, 4};
        }
        List<TensorSpec> tensors = network.tensors();
        TensorSpec tensor = tensors.stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
        float[] values = new float[Math.toIntExact(tensor.elementCount())];
        if (tensor.role() == TensorSpec.Role.RUNNING_VAR) {
            Arrays.fill(values, 1);
        }
        return values;
    }

    private static BufferedImage picture() {
        BufferedImage picture = new BufferedImage(120, 90, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(Color.ORANGE);
        pen.fillOval(20, 10, 70, 70);
        pen.dispose();
        return picture;
    }
}
