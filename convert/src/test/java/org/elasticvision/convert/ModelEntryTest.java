package org.elasticvision.convert;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.tensor.OrderedDict;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Preprocessing.Fit;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.model.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A checkpoint that says of itself what its model is for. */
class ModelEntryTest {
    private static final List<Label> LABELS =
            List.of(new Label("n1", "größer"), new Label("7", "ring"), new Label("square", "square"));
    private static final Preprocessing PREPROCESSING = new Preprocessing(
            Fit.RESIZE_AND_CROP,
            72,
            48,
            64,
            Interpolation.LANCZOS,
            List.of(0.1f, 0.2f, 0.3f),
            List.of(0.4f, 0.5f, 1 / 3f));
    private static final ModelEntry ENTRY = ModelEntry.of(Task.CLASSIFICATION, LABELS, PREPROCESSING);

    @TempDir
    Path folder;

    @Test
    void comesBackAsItWasWritten() {
        try (Checkpoint checkpoint = checkpoint(Map.of(ModelEntry.KEY, ENTRY.toValues()), 3)) {
            assertThat(ModelEntry.of(checkpoint)).contains(ENTRY);
            assertThat(ENTRY.toolVersion()).isEqualTo(Version.current());
        }
        try (Checkpoint checkpoint = checkpoint(Map.of(), 3)) {
            assertThat(ModelEntry.of(checkpoint)).isEmpty();
        }
    }

    @Test
    void aModelConvertedWithoutOptionsHasItsLabelsAndPreprocessing() {
        ModelInfo info = convert(ENTRY, 3, ConversionOptions.defaults());
        assertThat(info.task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(info.labels()).isEqualTo(LABELS);
        assertThat(info.preprocessing()).isEqualTo(PREPROCESSING);
        try (Model<?> model = Model.open(folder.resolve("model.onnx"))) {
            assertThat(model.info()).isEqualTo(info);
            assertThat(model.inputShape().dimensions()).endsWith(3, 48, 64);
        }
    }

    @Test
    void theViewOfPhotosTravelsIntoTheModel() {
        for (View view : List.of(View.UPRIGHT, View.STORED)) {
            ModelEntry entry = ModelEntry.of(Task.CLASSIFICATION, LABELS, PREPROCESSING.withView(view));
            ConversionOptions resized = options(Optional.empty(), Optional.empty(), Optional.of("64"));
            assertThat(convert(entry, 3, resized).preprocessing().view()).isEqualTo(view);
            try (Model<?> model = Model.open(folder.resolve("model.onnx"))) {
                assertThat(model.info().preprocessing().view()).isEqualTo(view);
                assertThat(model.orientation()).isEqualTo(Orientation.of(view));
            }
            try (Checkpoint checkpoint = Checkpoint.open(folder.resolve("trained.pth.tar"))) {
                assertThat(ModelEntry.of(checkpoint)).contains(entry);
            }
        }
        ModelInfo told = convert(ENTRY, 3, ConversionOptions.defaults().withView(Optional.of(View.STORED)));
        assertThat(told.preprocessing()).isEqualTo(PREPROCESSING.withView(View.STORED));
    }

    @Test
    void eightyClassesOfOursAreNotTakenForCoco() {
        ModelEntry entry = ModelEntry.of(Task.CLASSIFICATION, Labels.numbered(80), PREPROCESSING);
        try (Checkpoint checkpoint = checkpoint(Map.of(ModelEntry.KEY, entry.toValues()), 80)) {
            assertThat(Recognition.of(checkpoint, Optional.empty(), Optional.empty())
                            .task())
                    .isEqualTo(Task.CLASSIFICATION);
        }
    }

    @Test
    void optionsSayOtherwise() {
        List<Label> other = Labels.numbered(3);
        ModelInfo info = convert(ENTRY, 3, options(Optional.empty(), Optional.of(other), Optional.of("96x128")));
        assertThat(info.labels()).isEqualTo(other);
        assertThat(info.preprocessing())
                .isEqualTo(new Preprocessing(
                        Fit.RESIZE_AND_CROP,
                        144,
                        96,
                        128,
                        Interpolation.LANCZOS,
                        PREPROCESSING.mean(),
                        PREPROCESSING.std()));
        ModelInfo multiLabel =
                convert(ENTRY, 3, options(Optional.of(Task.MULTI_LABEL), Optional.empty(), Optional.of("64")));
        assertThat(multiLabel.labels()).isEqualTo(LABELS);
        assertThat(multiLabel.preprocessing()).isEqualTo(Preprocessing.published(Task.MULTI_LABEL, 64, 64));
    }

    @Test
    void anEntryThatCannotBeUnderstoodIsRefused() {
        refused("text", "'preprocessing' is missing or of the wrong kind");
        refused(Map.of(), "'preprocessing' is missing or of the wrong kind");
        refused(changed("task", "poetry"), "unknown task 'poetry'");
        refused(changed("labels", List.of("a")), "a label is not a pair of texts");
        refused(changed("labels", List.of(List.of("a", " "))), "label name ' ' is blank");
        refused(changed("labels", List.of()), "labels are empty");
        Map<String, Object> fit = preprocessingValues();
        fit.put("exif", "sideways");
        refused(changed("preprocessing", fit), "'sideways' must be one of apply, ignore");
        fit.remove("exif");
        fit.put("mean", List.of(0.1));
        refused(changed("preprocessing", fit), "must have 3 values");
        fit.put("mean", List.of("a", "b", "c"));
        refused(changed("preprocessing", fit), "a value that is not a number");
        fit.put("height", 1L << 40);
        refused(changed("preprocessing", fit), "'preprocessing.height' is out of range");
        fit.put("fit", "squeeze");
        refused(changed("preprocessing", fit), "SQUEEZE");
    }

    @Test
    void labelsForOtherClassesThanTheNetworksAreRefused() {
        assertThatThrownBy(() -> convert(ENTRY, 4, ConversionOptions.defaults()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("names 3 classes but its network has 4; give --labels");
    }

    private static Map<String, Object> preprocessingValues() {
        Map<String, Object> values = new LinkedHashMap<>();
        ((Map<?, ?>) ENTRY.toValues().get("preprocessing")).forEach((key, value) -> values.put((String) key, value));
        return values;
    }

    private static Map<String, Object> changed(String key, Object value) {
        Map<String, Object> values = ENTRY.toValues();
        values.put(key, value);
        return values;
    }

    private void refused(Object entry, String message) {
        Path file = folder.resolve("bad.pth.tar");
        CheckpointWriter.write(file, Map.of(ModelEntry.KEY, entry));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThatThrownBy(() -> ModelEntry.of(checkpoint))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("bad.pth.tar: its entry 'elasticvision' cannot be understood (")
                    .hasMessageContaining(message);
        }
    }

    private static ConversionOptions options(
            Optional<Task> task, Optional<List<Label>> labels, Optional<String> inputSize) {
        ConversionOptions defaults = ConversionOptions.defaults();
        return new ConversionOptions(
                Optional.empty(),
                task,
                labels,
                inputSize.map(InputSize::parse),
                defaults.batch(),
                defaults.opset(),
                defaults.optimize(),
                defaults.precision());
    }

    private ModelInfo convert(ModelEntry entry, int classes, ConversionOptions options) {
        try (Checkpoint checkpoint = checkpoint(Map.of(ModelEntry.KEY, entry.toValues()), classes)) {
            return Conversion.convert(checkpoint, folder.resolve("model.onnx"), options);
        }
    }

    private Checkpoint checkpoint(Map<String, ?> entries, int classes) {
        Map<String, Object> state = new LinkedHashMap<>();
        for (TensorSpec tensor : Architecture.of("resnext50")
                .network(Task.CLASSIFICATION, classes)
                .tensors()) {
            int count = Math.toIntExact(tensor.elementCount());
            // Bytes for the disk's sake, and not all 0: running variances are not.
            byte[] ones = new byte[count];
            Arrays.fill(ones, (byte) 1);
            state.put("module." + tensor.name(), SavedTensor.bytes(tensor.shape(), () -> ones));
        }
        Map<String, Object> root = new LinkedHashMap<>(entries);
        root.put("state_dict", new OrderedDict(state));
        Path file = folder.resolve("trained.pth.tar");
        CheckpointWriter.write(file, root);
        return Checkpoint.open(file);
    }
}
