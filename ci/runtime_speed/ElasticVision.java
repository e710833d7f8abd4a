import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.Classifier;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.engine.Goal;
import org.elasticvision.runtime.image.ImageSource;

/** ElasticVision's runtime as the README shows it. Arguments: MODEL FOLDER CALLERS. */
final class ElasticVision {
    private ElasticVision() {}

    public static void main(String[] arguments) throws Exception {
        int callers = Integer.parseInt(arguments[2]);
        List<ImageSource> pictures = Contender.pictures(Path.of(arguments[1])).stream()
                .map(bytes -> ImageSource.of(bytes, "a picture"))
                .toList();
        ModelOptions options = ModelOptions.defaults().withGoal(callers == 1 ? Goal.LATENCY : Goal.THROUGHPUT);
        Classifier classifier = Classifier.open(Path.of(arguments[0]), options);
        Contender.serve(
                picture -> {
                    Classification classification = classifier.predict(pictures.get(picture));
                    Score best = classification.top(1).get(0);
                    return new Contender.Answer(best.index(), best.probability());
                },
                pictures.size(),
                callers);
    }
}
