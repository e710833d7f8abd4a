package org.elasticvision.convert.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.elasticvision.convert.onnx.extract.ModelParts;
import org.elasticvision.convert.onnx.extract.SubModel;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.io.name.FileNames;
import org.elasticvision.runtime.onnx.ModelContent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic extract}: a part of a network becomes a model of its own. */
@Command(
        name = "extract",
        description =
                "Writes the part of an ONNX model that computes one tensor, as a model of its own: with the nodes and"
                        + " weights that it needs and no others, the same operator set and the same metadata. Takes any ONNX"
                        + " file, not only those of 'elastic convert'.",
        footer = {
            "%nExamples:",
            "  elastic extract resnext50_elastic.onnx --to layer3.0.conv_d3",
            "  elastic extract resnext50_elastic.onnx --from layer2.0.relu --to layer3.0.relu -o part.onnx"
        })
public final class ExtractCommand implements ElasticCommand {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "An ONNX model.")
    private Path model;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "NODE",
            description =
                    "What the part computes: the name of a node or of the tensor that it makes, as 'elastic inspect"
                            + " --layers' lists them.")
    private String to;

    @Option(
            names = "--from",
            paramLabel = "NODE",
            description =
                    "Begin behind this node: what it makes becomes an input, or several, with type and shape as far as"
                            + " they are known. A tensor's name takes that one alone. May be given several times (default:"
                            + " the model's own input).")
    private List<String> from = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The model to write (default: the model's name with that of the node, beside it).")
    private Optional<Path> output;

    @Override
    public int order() {
        return 32;
    }

    @Override
    public Integer call() throws IOException {
        ModelParts parts = ModelParts.of(model);
        SubModel part = parts.extract(to, from);
        Path file = output.orElseGet(() ->
                model.resolveSibling(FileNames.stem(model) + "." + to.replaceAll("[^A-Za-z0-9._-]+", "_") + ".onnx"));
        try (Outputs outputs = new Outputs(spec)) {
            ModelContent.files(model).forEach(read -> outputs.reads("the model", read));
            outputs.file("-o", file);
            part.write(file);
        }
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s: %,d of %,d nodes, %s to %s, %.1f MB%n",
                        file,
                        part.nodeCount(),
                        parts.nodeCount(),
                        part.inputText().isEmpty() ? "no input" : part.inputText(),
                        part.outputText(),
                        Files.size(file) / 1e6);
        return 0;
    }
}
