import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.elasticvision.runtime.dataset.ClassifiedImage;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.ClassificationData;
import org.elasticvision.train.data.loading.Epoch;
import org.elasticvision.train.data.loading.Loader;
import org.elasticvision.train.data.loading.LoaderOptions;
import org.elasticvision.train.data.transform.Augmentation;

/** Loads an epoch for each line that comes in, which says with how many threads. Started by {@code loader_speed.py}. */
final class LoaderSpeed {
    private static final int IMAGES = 1024;
    private static final int BATCH = 64;

    public static void main(String[] args) throws IOException {
        List<ClassifiedImage> images = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
            List<Path> photos =
                    files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
            for (int i = 0; i < IMAGES; i++) {
                images.add(new ClassifiedImage(photos.get(i % photos.size()), 0));
            }
        }
        ClassificationData data = new ClassificationData(
                images, Preprocessing.published(Task.CLASSIFICATION, 224, 224), Optional.of(Augmentation.published()));
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int epoch = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int threads = Integer.parseInt(line);
            LoaderOptions options = LoaderOptions.training(Task.CLASSIFICATION, BATCH, threads, 1);
            try (Loader loader = new Loader(data, options, System.err::println)) {
                System.out.println(imagesASecond(loader, epoch++));
            }
        }
    }

    private static double imagesASecond(Loader loader, int number) {
        int count = 0;
        long start = System.nanoTime();
        try (Epoch epoch = loader.epoch(number)) {
            for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
                count += batch.size();
            }
        }
        return count / ((System.nanoTime() - start) / 1e9);
    }
}
