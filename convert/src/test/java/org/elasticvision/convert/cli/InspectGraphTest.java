package org.elasticvision.convert.cli;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.TestProto;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code elastic inspect --graph}: what is in the drawing, and that nothing in it lies on anything else. */
class InspectGraphTest {
    private static final Pattern PLACE = Pattern.compile("translate\\((\\d+) (\\d+)\\)");
    private static final Pattern STEP = Pattern.compile("([MHV])(\\d+)(?: (\\d+))?");

    @TempDir
    Path folder;

    private CommandRun run;
    private final Map<String, Rectangle> boxes = new LinkedHashMap<>();
    private final List<Line2D> lines = new ArrayList<>();

    @Test
    void eachLayerHasABoxAndNothingLiesOnAnything() throws Exception {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 4);
        Path svg = folder.resolve("new/tiny.svg");
        assertThat(inspect("--graph", svg, model)).as(run.err()).isZero();
        List<Node> nodes = OnnxModel.read(model).graph().nodes();
        assertThat(run.out()).contains(svg + ": " + nodes.size() + " layers in ");
        read(svg);
        for (Node node : nodes) {
            assertThat(boxes.keySet())
                    .anyMatch(title ->
                            title.startsWith(node.name() + ": " + node.op().onnxName()));
        }
        assertThat(boxes.keySet()).contains("input image Nx3x64x64");
        List<Rectangle> all = List.copyOf(boxes.values());
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(all.get(i).intersects(all.get(j))).isFalse();
            }
            Rectangle inside = new Rectangle(all.get(i));
            inside.grow(-1, -2);
            assertThat(lines).noneMatch(line -> line.intersects(inside));
        }
        assertThat(lines).hasSizeGreaterThan(nodes.size());
        Rectangle high = box("layer1.1.conv2: ");
        Rectangle low = box("layer1.1.conv2_d: ");
        assertThat(low.x).isGreaterThan(high.x + high.width);
        assertThat(Files.readString(svg))
                .doesNotContain("href")
                .doesNotContain("<script")
                .containsOnlyOnce("http");
    }

    @Test
    void networksOfOthersAreDrawnToo() throws Exception {
        TestProto proto = new TestProto(18).input("x", TestProto.FLOAT, "1", "2");
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            proto.node("Relu", i == 0 ? "x" : "v" + (i - 1), "v" + i);
            names.append(" v").append(i);
        }
        ModelProto.Builder unnamed =
                proto.node("Max", names.toString(), "y").output("y", TestProto.FLOAT, "1", "2").build().toBuilder();
        unnamed.getGraphBuilder().getNodeBuilderList().forEach(NodeProto.Builder::clearName);
        Path model =
                Files.write(folder.resolve("<odd & long>.onnx"), unnamed.build().toByteArray());
        Path svg = folder.resolve("odd.svg");
        assertThat(inspect("--graph", svg, model)).as(run.err()).isZero();
        assertThat(run.out()).contains("61 layers in 2 blocks");
        read(svg);
        assertThat(boxes.keySet()).anyMatch(title -> title.startsWith("from v0, v1, v2, "));
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() throws IOException {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 4);
        assertThat(inspect("--graph", folder.resolve("a.svg"), "--layers", model))
                .isEqualTo(2);
        assertThat(run.err()).contains("--layers").hasLineCount(1);
        assertThat(inspect("--graph", model, model)).isEqualTo(2);
        assertThat(run.err()).contains("is the model itself").hasLineCount(1);
        assertThat(inspect("--graph", folder.resolve("a.png"), model)).isEqualTo(2);
        assertThat(run.err()).contains("a.png must end in .svg").hasLineCount(1);
        Path text = Files.writeString(folder.resolve("text.onnx"), "not a model");
        assertThat(inspect("--graph", folder.resolve("a.svg"), text)).isEqualTo(1);
        assertThat(run.err()).contains("text.onnx").hasLineCount(1);
        assertThat(folder.resolve("a.svg")).doesNotExist();
    }

    private Rectangle box(String title) {
        return boxes.entrySet().stream()
                .filter(box -> box.getKey().startsWith(title))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private void read(Path svg) throws Exception {
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(svg.toFile())
                .getDocumentElement();
        read(root, 0, 0);
        int width = Integer.parseInt(root.getAttribute("width"));
        int height = Integer.parseInt(root.getAttribute("height"));
        assertThat(boxes.values()).allMatch(new Rectangle(width, height)::contains);
    }

    private void read(Element group, int left, int top) {
        NodeList children = group.getChildNodes();
        Rectangle own = null;
        for (int i = 0; i < children.getLength(); i++) {
            if (!(children.item(i) instanceof Element element)) {
                continue;
            }
            switch (element.getTagName()) {
                case "g" -> {
                    Matcher place = PLACE.matcher(element.getAttribute("transform"));
                    assertThat(place.matches()).isTrue();
                    read(element, left + Integer.parseInt(place.group(1)), top + Integer.parseInt(place.group(2)));
                }
                case "path" -> lines(element.getAttribute("d"), left, top);
                case "rect" -> {
                    if (element.getAttribute("class").startsWith("box")) {
                        own = new Rectangle(left, top, number(element, "width"), number(element, "height"));
                        String title =
                                group.getElementsByTagName("title").item(0).getTextContent();
                        assertThat(boxes.put(title + (title.startsWith("from") ? left + " " + top : ""), own))
                                .as(title)
                                .isNull();
                    }
                }
                case "text" -> {
                    if (own != null) {
                        assertThat(number(element, "x") + number(element, "textLength"))
                                .as(element.getTextContent())
                                .isLessThanOrEqualTo(own.width);
                        assertThat(number(element, "y")).isLessThan(own.height);
                    }
                }
                default -> assertThat(element.getTagName()).isIn("title", "style", "defs");
            }
        }
    }

    private void lines(String path, int left, int top) {
        Matcher step = STEP.matcher(path);
        int x = 0;
        int y = 0;
        while (step.find()) {
            int number = Integer.parseInt(step.group(2));
            int toX = step.group(1).equals("V") ? x : number + left;
            int toY = step.group(1).equals("V") ? number + top : y;
            if (step.group(1).equals("M")) {
                toY = Integer.parseInt(step.group(3)) + top;
            } else {
                lines.add(new Line2D.Double(x, y, toX, toY));
            }
            x = toX;
            y = toY;
        }
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    private int inspect(Object... words) {
        run = CommandRun.of(
                Stream.concat(Stream.of("inspect"), Stream.of(words)).toArray());
        return run.exitCode();
    }
}
