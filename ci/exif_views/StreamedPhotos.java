import java.nio.file.Path;
import org.elasticvision.runtime.Classifier;
import org.elasticvision.runtime.stream.FrameSource;
import org.elasticvision.runtime.stream.FrameStream;
import org.elasticvision.runtime.stream.StreamOptions;

/** What an application of its own gets: {@code java -cp … StreamedPhotos.java MODEL FOLDER} prints each photo's best class. */
final class StreamedPhotos {
    private StreamedPhotos() {}

    public static void main(String[] arguments) {
        try (Classifier model = Classifier.open(Path.of(arguments[0]));
                FrameSource photos = FrameSource.folder(Path.of(arguments[1]))) {
            FrameStream.run(
                    model,
                    photos,
                    StreamOptions.everyFrame(),
                    answer -> System.out.println(answer.frame().image().name() + " "
                            + answer.answer().best().label().name()));
        }
    }
}
