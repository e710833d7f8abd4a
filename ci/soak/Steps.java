import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.FloatPointer;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.outcome.RunReport;
import org.elasticvision.train.progress.EpochProgress;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.run.Training;
import org.elasticvision.train.run.TrainingResult;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.device.TorchSettings;
import org.elasticvision.train.torch.device.TrainingPrecision;

/**
 * One training run with all that belongs to it: pictures read from files and augmented, validation, figures and a checkpoint after every epoch. It rests
 * between two epochs while it is measured.
 */
final class Steps implements Workload {
    private static final Architecture ARCHITECTURE = Architecture.of("resnext_tiny_elastic");
    private static final int CLASSES = 4;
    private static final int SIDE = 32;
    private static final int BATCH = 4;
    private static final int STEPS_PER_EPOCH = 50;
    private static final int LEAK_FLOATS = 1024;

    private final boolean leak;
    private final StopSignal stop = new StopSignal();
    private final SynchronousQueue<Long> rested = new SynchronousQueue<>();
    private final SynchronousQueue<Rest> orders = new SynchronousQueue<>();
    private final List<FloatPointer> leaked = new ArrayList<>();
    private final FutureTask<TrainingResult> run;
    private long done;

    /** When the run is to rest. */
    private record Rest(long steps, BooleanSupplier late) {}

    Steps(Path folder, long steps, boolean leak) throws IOException {
        this.leak = leak;
        Path data = folder.resolve("data");
        draw(data.resolve("train"), BATCH * STEPS_PER_EPOCH / CLASSES);
        draw(data.resolve("val"), BATCH);
        int epochs = Math.toIntExact((steps + STEPS_PER_EPOCH - 1) / STEPS_PER_EPOCH);
        RunSettings published = RunSettings.of(ARCHITECTURE, Task.CLASSIFICATION, DataSource.of(data), SIDE);
        Recipe recipe = published.recipe().with(change -> change.epochs(epochs).batchSize(BATCH).learningRate(0.01));
        TrainingJob job = published.with(change ->
                        change.recipe(recipe)
                                .loading(new RunSettings.Loading(OptionalInt.of(2), false))
                                .torch(new TorchSettings("auto", TrainingPrecision.FLOAT32, true, false, OptionalInt.of(1)))) // as fast as two on pictures so small
                .open(folder.resolve("run"), note -> {});
        this.run = new FutureTask<>(
                () -> Training.start(job, TrainingListener.all(RunReport.start(job), new Rester()), stop));
        Thread thread = new Thread(run, "training");
        thread.setDaemon(true);
        thread.start();
    }

    private static void draw(Path folder, int picturesPerClass) throws IOException {
        Random random = new Random(1);
        for (int label = 0; label < CLASSES; label++) {
            Path pictures = Files.createDirectories(folder.resolve("class" + label));
            for (int number = 0; number < picturesPerClass; number++) {
                BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
                Graphics2D graphics = picture.createGraphics();
                graphics.setColor(new Color(random.nextInt(0x1000000)));
                graphics.fillOval(label % 2 * SIDE / 2, label / 2 * SIDE / 2, SIDE / 2, SIDE / 2);
                graphics.dispose();
                Files.write(pictures.resolve(number + ".png"), TinyModel.encoded(picture, "png"));
            }
        }
    }

    /** Rests after the epoch in which an order is carried out, until the next order comes. */
    private final class Rester implements TrainingListener {
        private Rest order = new Rest(0, () -> true); // the first epoch is done before anything is ordered

        @Override
        public void step(EpochProgress progress) {
            if (leak) {
                leaked.add(new FloatPointer(LEAK_FLOATS));
            }
        }

        @Override
        public void epoch(EpochSummary summary) {
            if (summary.step() >= order.steps() || order.late().getAsBoolean()) {
                try {
                    rested.put(summary.step());
                    order = orders.take();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Override
    public long work(long units, BooleanSupplier late) throws Exception {
        if (done == 0) {
            done = rest();
        }
        if (done < units) {
            orders.put(new Rest(units, late));
            done = rest();
        }
        return done;
    }

    /** {@return how many steps are done when the run rests} */
    private long rest() throws Exception {
        Long steps = null;
        while (steps == null) {
            if (run.isDone()) {
                throw new IllegalStateException("the run has ended early: " + run.get());
            }
            steps = rested.poll(1, TimeUnit.SECONDS);
        }
        return steps;
    }

    @Override
    public String met() {
        return done / STEPS_PER_EPOCH + " epochs, each with validation, figures and a checkpoint";
    }

    @Override
    public void close() throws Exception {
        stop.stop();
        orders.put(new Rest(Long.MAX_VALUE, () -> false));
        run.get();
    }
}
