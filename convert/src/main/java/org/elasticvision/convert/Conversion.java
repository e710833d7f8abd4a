package org.elasticvision.convert;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxFile;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.zoo.ReleasedModel;
import org.elasticvision.runtime.ElasticVisionException;
import org.elasticvision.runtime.Version;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;

/** From a checkpoint to an ONNX file that carries all that is needed to use it. */
public final class Conversion {
    private Conversion() {}

    /**
     * Converts a checkpoint that the caller has opened.
     *
     * @param model the file to write: it appears whole or not at all
     * @return what the file says of itself
     * @throws ElasticVisionException if the checkpoint fits no network, or an option does not fit it
     */
    public static ModelInfo convert(Checkpoint checkpoint, Path model, ConversionOptions options) {
        Recognition recognition = Recognition.of(checkpoint, options.architecture(), options.task());
        InputSize size = options.inputSize().orElseGet(() -> publishedInputSize(recognition));
        List<Label> labels = labels(recognition, options.labels());
        Graph graph = OnnxExporter.export(
                recognition.architecture().id(),
                recognition.task(),
                recognition.network(),
                new CheckpointWeights(checkpoint),
                new OnnxExporter.Options(
                        size.height(), size.width(), options.batch(), options.opset(), options.optimize()));
        ModelInfo info = new ModelInfo(
                recognition.architecture().id(),
                recognition.task(),
                labels,
                Preprocessing.published(recognition.task(), size.height(), size.width()),
                "fp32",
                checkpoint.sha256(),
                Version.current());
        OnnxFile.write(model, graph, options.opset(), info.toMetadata());
        return info;
    }

    private static InputSize publishedInputSize(Recognition recognition) {
        if (!recognition.architecture().isPublished()) {
            throw new ElasticVisionException(recognition.architecture()
                    + " has no published input size; say which it was trained for, with --input-size");
        }
        int published = ReleasedModel.publishedInputSize(recognition.task());
        return new InputSize(published, published);
    }

    private static List<Label> labels(Recognition recognition, Optional<List<Label>> given) {
        if (given.isPresent() && given.get().size() != recognition.classes()) {
            throw new ElasticVisionException("there are " + given.get().size() + " labels but " + recognition.classes()
                    + " classes; give one label for each class");
        }
        return given.orElseGet(() -> {
            List<Label> published = ReleasedModel.publishedLabels(recognition.task());
            return published.size() == recognition.classes() ? published : Labels.numbered(recognition.classes());
        });
    }
}
