package org.elasticvision.samples.serve.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.StageTimes;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.explain.Explanation;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.samples.serve.http.Decoding;
import org.elasticvision.samples.serve.http.UploadedImage;

/** A model of the runtime, open and warm. */
public final class OpenModel implements ServedModel {
    private final String name;
    private final LatestCall calls = new LatestCall();
    private final Model<?> model;
    private final ModelInsight insight;

    private OpenModel(String name, Path file, ModelOptions options) {
        this.name = name;
        this.model = Model.open(file, options.withStageListener(calls));
        this.insight = new ModelInsight(file, name, options);
    }

    /**
     * Opens models, named after their files, and asks each once, as the first answer takes longer than the others.
     *
     * @throws org.elasticvision.runtime.base.ModelException if one cannot be opened or run; none is open then
     */
    public static List<ServedModel> openAll(List<Path> files, ModelOptions options) {
        List<String> names = ModelNames.of(files);
        List<ServedModel> models = new ArrayList<>();
        try {
            for (int i = 0; i < files.size(); i++) {
                models.add(open(names.get(i), files.get(i), options));
            }
        } catch (RuntimeException e) {
            models.forEach(ServedModel::close);
            throw e;
        }
        return List.copyOf(models);
    }

    /**
     * Opens one model under a name, and asks it once.
     *
     * @throws org.elasticvision.runtime.base.ModelException if it cannot be opened or run; it is not open then
     */
    public static ServedModel open(String name, Path file, ModelOptions options) {
        OpenModel model = new OpenModel(name, file, options);
        try {
            model.predict(List.of(model.blank()));
            return model;
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /** As a file, so that the decoder is loaded too. */
    private ImageSource blank() {
        int height = info().preprocessing().height();
        int width = info().preprocessing().width();
        RgbImage pixels = new RgbImage(width, height, new byte[3 * width * height]);
        return new UploadedImage(PngFiles.encode(pixels), orientation(), Decoding.IN_PROCESS).source(false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ModelInfo info() {
        return model.info();
    }

    @Override
    public Orientation orientation() {
        return model.orientation();
    }

    @Override
    public TensorShape inputShape() {
        return model.inputShape();
    }

    @Override
    public TensorShape outputShape() {
        return model.outputShape();
    }

    @Override
    public Tensor run(Tensor input) {
        return model.run(input);
    }

    @Override
    public int batch() {
        return model.batch();
    }

    @Override
    public List<Answer> predict(List<? extends ImageSource> images) {
        List<? extends Prediction> predictions = model.predict(images);
        StageTimes times = calls.times();
        return predictions.stream()
                .map(prediction -> new Answer(prediction, times))
                .toList();
    }

    @Override
    public boolean canExplain() {
        return insight.isPossible();
    }

    @Override
    public Explained explain(ImageSource image, OptionalInt classIndex) {
        Explanation explanation = insight.explain(image, classIndex);
        return new Explained(explanation, insight.notes());
    }

    @Override
    public void close() {
        insight.close();
        model.close();
    }
}
