import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.transform.CenterCrop;
import ai.djl.modality.cv.transform.Normalize;
import ai.djl.modality.cv.transform.Resize;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.modality.cv.translator.ImageClassificationTranslator;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** DJL's ONNX Runtime engine with DJL's transforms, which run in its PyTorch engine. Arguments: MODEL FOLDER CALLERS. */
final class Djl {
    private static final int SIZE = 224;
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private Djl() {}

    public static void main(String[] arguments) throws Exception {
        int callers = Integer.parseInt(arguments[2]);
        List<byte[]> pictures = Contender.pictures(Path.of(arguments[1]));
        ImageClassificationTranslator translator = ImageClassificationTranslator.builder()
                .addTransform(new Resize(341, 256)) // of 500x375, as torchvision's Resize(256)
                .addTransform(new CenterCrop(SIZE, SIZE))
                .addTransform(new ToTensor())
                .addTransform(new Normalize(MEAN, DEVIATION))
                .optSynset(IntStream.range(0, 1000).mapToObj(Integer::toString).toList())
                .optApplySoftmax(true)
                .optTopK(1)
                .build();
        Criteria.Builder<Image, Classifications> criteria = Criteria.builder()
                .setTypes(Image.class, Classifications.class)
                .optEngine("OnnxRuntime")
                .optModelPath(Path.of(arguments[0]))
                .optTranslator(translator);
        if (callers > 1) {
            criteria.optOption("intraOpNumThreads", "1");
            System.setProperty("ai.djl.pytorch.num_threads", "1");
        }
        ZooModel<Image, Classifications> model = criteria.build().loadModel();
        ThreadLocal<Predictor<Image, Classifications>> predictors = ThreadLocal.withInitial(model::newPredictor);
        Contender.serve(
                picture -> {
                    Image image = ImageFactory.getInstance().fromInputStream(new ByteArrayInputStream(pictures.get(picture)));
                    Classifications.Classification best = predictors.get().predict(image).best();
                    return new Contender.Answer(Integer.parseInt(best.getClassName()), best.getProbability());
                },
                pictures.size(),
                callers);
    }
}
