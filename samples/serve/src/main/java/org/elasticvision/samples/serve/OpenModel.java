package org.elasticvision.samples.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.Prediction;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.RgbImage;
import org.elasticvision.runtime.model.ModelInfo;

/** A model of the runtime, open and warm. */
final class OpenModel implements ServedModel {
    private static final String IMAGE = "the image";

    private final String name;
    private final Model model;

    private OpenModel(String name, Model model) {
        this.name = name;
        this.model = model;
    }

    /**
     * Opens models, named after their files, and asks each once, as the first answer takes longer than the others.
     *
     * @throws org.elasticvision.runtime.ModelException if one cannot be opened or run; none is open then
     */
    static List<ServedModel> openAll(List<Path> files, ModelOptions options) {
        List<String> names = ModelNames.of(files);
        List<ServedModel> models = new ArrayList<>();
        try {
            for (int i = 0; i < files.size(); i++) {
                OpenModel model = new OpenModel(names.get(i), Model.open(files.get(i), options));
                models.add(model);
                model.predict(model.blank(), new StageTimes());
            }
        } catch (RuntimeException e) {
            models.forEach(ServedModel::close);
            throw e;
        }
        return List.copyOf(models);
    }

    private byte[] blank() {
        int height = info().preprocessing().height();
        int width = info().preprocessing().width();
        return PngFiles.encode(new RgbImage(width, height, new byte[3 * width * height]));
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
    public Answer predict(byte[] encoded, StageTimes times) {
        RgbImage image = times.measure(
                Stage.DECODE, () -> ImageSource.of(encoded, IMAGE).decode(Orientation.APPLY_EXIF, Limits.PIXELS));
        Prediction prediction = times.measure(Stage.PREDICT, () -> model.predict(ImageSource.of(image, IMAGE)));
        return new Answer(prediction, image);
    }

    @Override
    public void close() {
        model.close();
    }
}
