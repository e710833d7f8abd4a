package org.elasticvision.runtime.cli.command;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.ModelCheck;
import org.elasticvision.runtime.cli.layers.LayerTable;
import org.elasticvision.runtime.cli.option.CachedProviderOptions;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.cli.output.Json;
import org.elasticvision.runtime.cli.output.PreprocessingText;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.onnx.drawing.NetworkDrawing;
import org.elasticvision.runtime.onnx.layer.GraphLayers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic inspect}: what a model file says of itself, once it is proved to open. */
@Command(
        name = "inspect",
        description = "Shows what a model file is: task, shapes, preprocessing, labels, origin.",
        footer = {
            "%nExamples:",
            "  elastic inspect resnext50_elastic.onnx",
            "  elastic inspect resnext50_elastic.onnx --provider openvino --inference-precision auto",
            "  elastic inspect --tensorrt resnext50_elastic.fp16.onnx",
            "  elastic inspect --layers resnext50_elastic.int8.onnx",
            "  elastic inspect --graph resnext50_elastic.svg resnext50_elastic.onnx"
        })
public final class InspectCommand implements ElasticCommand {
    private static final String TENSORRT = "tensorrt";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "A converted model file.")
    private Path file;

    @Option(names = "--json", description = "Print one JSON object, labels and all.")
    private boolean json;

    @Option(
            names = "--" + TENSORRT,
            description = "Check instead whether TensorRT supports this ONNX model, or any other: its operators,"
                    + " types and attributes"
                    + " against the published table. Works without TensorRT and without a GPU; exit"
                    + " code 1 if it is not supported.")
    private boolean tensorRt;

    @Option(
            names = "--layers",
            description =
                    "Show the layers of an ONNX model instead: operator, output shape, FLOPs (a multiply-add is one, counted"
                            + " as 'elastic models' does), bytes of weights, precision, and the sums. ? is what is not known.")
    private boolean layers;

    @Option(
            names = "--graph",
            paramLabel = "FILE.svg",
            description =
                    "Draw the network of an ONNX model into this file instead: its blocks, with operators and shapes, and"
                            + " what flows between them. Opens in any browser.")
    private Optional<Path> drawing;

    @Mixin
    private CachedProviderOptions provider;

    @Override
    public int order() {
        return 30;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (drawing.isPresent()) {
            return draw(out, drawing.get());
        }
        if (layers) {
            return printLayers(out);
        }
        if (tensorRt) {
            return check(out, TENSORRT);
        }
        provider.check(List.of(file));
        Given.refuse(spec, "is for commands that keep models, and this one opens the file itself", "--no-cache");
        try (Model<?> model = Model.open(file, ModelOptions.defaults().withEngine(provider.engine()))) {
            if (json) {
                out.println(toJson(model));
            } else {
                Map<String, String> rows = toText(model);
                int widest =
                        rows.keySet().stream().mapToInt(String::length).max().orElse(0);
                rows.forEach((name, value) -> out.println(name + " ".repeat(widest + 2 - name.length()) + value));
            }
        }
        out.flush();
        return 0;
    }

    private int draw(PrintWriter out, Path svg) {
        Given.refuse(spec, "asks another question than --graph", "--" + TENSORRT, "--layers", "--json");
        refuseEngine("--graph");
        try (Outputs outputs = new Outputs(spec)) {
            outputs.reads("the model", file);
            outputs.file("--graph", svg, "svg");
            out.println(svg + ": " + NetworkDrawing.write(file, svg));
        }
        out.flush();
        return 0;
    }

    private void refuseEngine(String option) {
        Given.refuse(
                spec,
                "does not change the graph, which " + option + " reads",
                "--provider",
                "--provider-library",
                "--device",
                "--provider-option",
                "--gpu",
                "--inference-precision",
                "--no-cache");
    }

    private int printLayers(PrintWriter out) {
        Given.refuse(spec, "asks another question than --layers", "--" + TENSORRT);
        refuseEngine("--layers");
        LayerTable table = new LayerTable(GraphLayers.of(file));
        if (json) {
            JsonObject object = table.json();
            object.addProperty("file", file.toString());
            out.println(object);
        } else {
            table.lines().forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private int check(PrintWriter out, String option) {
        ModelCheck check = ServiceLoader.load(ModelCheck.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provided -> provided.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new ElasticVisionException("--" + option
                        + " needs the convert module: put org.elasticvision:elasticvision-convert on the class path"));
        ModelCheck.Finding finding = check.check(file);
        if (json) {
            JsonObject object = new JsonObject();
            object.addProperty("file", file.toString());
            object.add(option, finding.json());
            out.println(object);
        } else {
            finding.lines().forEach(out::println);
        }
        out.flush();
        return finding.passed() ? 0 : 1;
    }

    private Map<String, String> toText(Model<?> model) {
        ModelInfo info = model.info();
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("File", String.format(Locale.ROOT, "%s (%.1f MB)", file, size() / 1e6));
        rows.put("Task", info.task() + ", " + info.labels().size() + " classes");
        rows.put("Architecture", info.architecture());
        rows.put("Precision", info.precision());
        rows.put("Input", "float32 " + model.inputShape() + ", RGB");
        rows.put("Output", "float32 " + model.outputShape());
        rows.put("Preprocessing", PreprocessingText.of(info.preprocessing()));
        rows.put("Checkpoint", "SHA-256 " + info.checkpointSha256());
        rows.put("Made by", "elastic " + info.toolVersion());
        model.choice().ifPresent(choice -> rows.put("Runs in", choice.toString()));
        model.observation().ifPresent(seen -> rows.put("Computes in", seen.toString()));
        return rows;
    }

    private JsonObject toJson(Model<?> model) {
        ModelInfo info = model.info();
        JsonObject object = new JsonObject();
        object.addProperty("file", file.toString());
        object.addProperty("bytes", size());
        object.addProperty("task", info.task().id());
        object.addProperty("architecture", info.architecture());
        object.addProperty("precision", info.precision());
        object.add("input", Json.shape(model.inputShape()));
        object.add("output", Json.shape(model.outputShape()));
        object.add("preprocessing", Json.preprocessing(info.preprocessing()));
        object.addProperty("checkpointSha256", info.checkpointSha256());
        object.addProperty("toolVersion", info.toolVersion());
        model.choice().ifPresent(choice -> object.add("choice", Json.choice(choice)));
        model.observation().ifPresent(seen -> object.add("observed", Json.observation(seen)));
        object.add("labels", Json.labels(info.labels()));
        return object;
    }

    private long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
