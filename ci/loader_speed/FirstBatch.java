import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.DatasetFolder;
import org.elasticvision.train.data.TrainingData;
import org.elasticvision.train.data.loading.Epoch;
import org.elasticvision.train.data.loading.Loader;
import org.elasticvision.train.data.loading.LoaderOptions;

/**
 * From the start of Java to the first batch of 256, with what {@code train} does with the data on the way. Run from its source:
 * {@code java -cp … FirstBatch.java DATA THREADS}.
 */
final class FirstBatch {
    private static final int BATCH = 256;

    public static void main(String[] args) {
        DatasetFolder dataset = DatasetFolder.detect(Task.CLASSIFICATION, Path.of(args[0]));
        List<Label> labels = dataset.labels();
        Preprocessing input = Preprocessing.published(Task.CLASSIFICATION, 224, 224);
        say("classes");
        TrainingData data = dataset.training(labels, input, dataset.usualAugmentation());
        say("%,d images listed".formatted(data.size()));
        TurnedImages turned = data.turned();
        say("%,d of them turned by EXIF".formatted(turned.turned()));
        LoaderOptions options = LoaderOptions.training(Task.CLASSIFICATION, BATCH, Integer.parseInt(args[1]), 1);
        try (Loader loader = new Loader(data, options, System.err::println);
                Epoch epoch = loader.epoch(0)) {
            Batch batch = epoch.next();
            say("first batch, of %d images".formatted(batch.size()));
        }
        System.gc();
        Runtime memory = Runtime.getRuntime();
        System.out.printf("          %,d MB of heap in use%n", (memory.totalMemory() - memory.freeMemory()) >> 20);
    }

    private static void say(String what) {
        long now = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.printf("%7.2f s %s%n", now / 1e3, what);
    }
}
