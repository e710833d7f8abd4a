package org.elasticvision.convert;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.pass.Passes;
import org.elasticvision.convert.zoo.ReleasedModel;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;

/**
 * From a checkpoint to an ONNX file that carries all that is needed to use it.
 *
 * <pre>{@code
 * try (Checkpoint checkpoint = Checkpoint.open(Path.of("resnext50_elastic.pth.tar"))) {
 *     ModelInfo info = Conversion.convert(checkpoint, Path.of("resnext50_elastic.onnx"), ConversionOptions.defaults());
 *     System.out.println(info.architecture() + ", " + info.labels().size() + " classes");
 * }
 * }</pre>
 */
public final class Conversion {
    private Conversion() {}

    /**
     * Converts a checkpoint that the caller has opened. Labels, preprocessing and input size are those of its {@link
     * ModelEntry} where it has one and the options do not say otherwise, else the published ones.
     *
     * @param checkpoint an open checkpoint
     * @param model the file to write: it appears whole or not at all
     * @param options how it is done
     * @return what the file says of itself
     * @throws ElasticVisionException if the checkpoint fits no network, or an option does not fit it
     */
    public static ModelInfo convert(Checkpoint checkpoint, Path model, ConversionOptions options) {
        return convert(checkpoint, model, options, note -> {});
    }

    /**
     * Converts a checkpoint that the caller has opened, and reports what the user should know about it.
     *
     * @param checkpoint an open checkpoint
     * @param model the file to write: it appears whole or not at all
     * @param options how it is done
     * @param notes receives a note of which of the file's weights were taken where that is not plain, in lines, before
     *     the work
     * @return what the file says of itself
     * @throws ElasticVisionException if the checkpoint fits no network, or an option does not fit it
     */
    public static ModelInfo convert(
            Checkpoint checkpoint, Path model, ConversionOptions options, Consumer<String> notes) {
        Recognition recognition = Recognition.of(checkpoint, options.entry(), options.architecture(), options.task());
        recognition.notes().forEach(notes);
        Optional<ModelEntry> entry = ModelEntry.of(checkpoint);
        List<Label> labels = labels(checkpoint, recognition, entry, options.labels());
        Preprocessing known = preprocessing(checkpoint, recognition, entry, options.inputSize());
        Preprocessing preprocessing = options.view().map(known::withView).orElse(known);
        Graph graph = OnnxExporter.export(
                recognition.architecture().id(),
                recognition.task(),
                recognition.network(),
                new CheckpointWeights(checkpoint, recognition.weights()),
                new OnnxExporter.Options(
                        preprocessing.height(),
                        preprocessing.width(),
                        options.batch(),
                        options.opset(),
                        options.optimize()));
        ModelInfo info = new ModelInfo(
                recognition.architecture().id(),
                recognition.task(),
                labels,
                preprocessing,
                options.precision().id(),
                checkpoint.sha256(),
                Version.current());
        Graph precise =
                switch (options.precision()) {
                    case FP32 -> graph;
                    case FP16 -> Passes.FP16.run(graph);
                };
        new OnnxModel(precise, options.opset(), info.toMetadata()).write(model);
        return info;
    }

    private static List<Label> labels(
            Checkpoint checkpoint, Recognition recognition, Optional<ModelEntry> entry, Optional<List<Label>> given) {
        if (given.isPresent() && given.get().size() != recognition.classes()) {
            throw new ElasticVisionException("there are " + given.get().size() + " labels but " + recognition.classes()
                    + " classes; give one label for each class");
        }
        Optional<List<Label>> known = given.or(() -> entry.map(ModelEntry::labels));
        if (known.isPresent() && known.get().size() != recognition.classes()) {
            throw new CheckpointException(
                    checkpoint.file(),
                    "names " + known.get().size() + " classes but its network has " + recognition.classes()
                            + "; give --labels with one label for each class");
        }
        return known.orElseGet(() -> {
            List<Label> published = ReleasedModel.publishedLabels(recognition.task());
            return published.size() == recognition.classes() ? published : Labels.numbered(recognition.classes());
        });
    }

    /** As the model was trained, where the file says it and is asked for nothing else; otherwise as published. */
    private static Preprocessing preprocessing(
            Checkpoint checkpoint, Recognition recognition, Optional<ModelEntry> entry, Optional<InputSize> size) {
        Task task = recognition.task();
        Optional<Preprocessing> trained = entry.filter(known -> known.task() == task)
                .map(ModelEntry::preprocessing)
                .or(() -> task == Task.CLASSIFICATION
                        ? OtherReleases.preprocessing(checkpoint.sha256())
                        : Optional.empty());
        if (trained.isPresent()) {
            return size.map(other -> resized(trained.get(), other)).orElseGet(trained::get);
        }
        InputSize wanted = size.orElseGet(() -> usualInputSize(recognition));
        return Preprocessing.published(task, wanted.height(), wanted.width());
    }

    private static InputSize usualInputSize(Recognition recognition) {
        int usual = recognition
                .architecture()
                .inputSize(recognition.task())
                .orElseThrow(() -> new ElasticVisionException(recognition.architecture()
                        + " has no published input size; say which it was trained for, with --input-size"));
        return new InputSize(usual, usual);
    }

    /** The same for another input size: what is resized before a crop grows and shrinks with it. */
    private static Preprocessing resized(Preprocessing from, InputSize size) {
        int longSide = Math.max(size.height(), size.width());
        float factor = (float) longSide / Math.max(from.height(), from.width());
        return new Preprocessing(
                from.fit(),
                // A crop of all of it stays one, whatever rounding says.
                from.resize() == 0 ? 0 : Math.max(longSide, Math.round(from.resize() * factor)),
                size.height(),
                size.width(),
                from.interpolation(),
                from.mean(),
                from.std(),
                from.view());
    }
}
