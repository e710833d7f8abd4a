package org.elasticvision.samples.spark.executor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.Outcome;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.cli.Failures;
import org.elasticvision.runtime.image.ImageSource;

/**
 * The answers about a task's images, in their order. Some threads read ahead, others decode and run the network, a batch at a time. It
 * takes images from Spark only as their answers are taken, in Spark's own thread: never more than a fixed number of batches are in
 * memory.
 *
 * <p>For one thread. Closing it once ends its work; the model stays open.
 */
final class ImageAnswers implements Iterator<Row>, AutoCloseable {
    /** Files that are read at a time, so that a slow file system does not keep the processor waiting. */
    private static final int READERS = 4;

    private final Iterator<Row> images;
    private final Model<?> model;
    private final Function<Row, ImageSource> reader;
    private final AnswerColumns columns;
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS, work -> {
        Thread thread = new Thread(work, "elastic-reader");
        thread.setDaemon(true);
        return thread;
    });
    private final Lanes lanes;
    private final int threads;
    private final int mostBatches;
    private final Deque<Future<List<Row>>> begun = new ArrayDeque<>();
    private Iterator<Row> ready = Collections.emptyIterator();

    /**
     * Begins nothing yet.
     *
     * @param images rows whose first column is the path
     * @param model answers
     * @param reader reads the image of a row; throws an {@link ImageException} if it cannot
     * @param columns make rows of answers
     * @param lanes decode and run the network
     * @param threads of the lanes that this task brings, at least 1
     */
    ImageAnswers(
            Iterator<Row> images,
            Model<?> model,
            Function<Row, ImageSource> reader,
            AnswerColumns columns,
            Lanes lanes,
            int threads) {
        this.images = images;
        this.model = model;
        this.reader = reader;
        this.columns = columns;
        this.lanes = lanes;
        this.threads = threads;
        this.mostBatches = mostBatches(threads, model.batch());
        lanes.add(threads);
    }

    /** One batch in work and one that waits for each thread, and as many images being read as there are readers. */
    static int mostBatches(int threads, int batch) {
        return 2 * threads + (READERS + batch - 1) / batch;
    }

    @Override
    public boolean hasNext() {
        while (!ready.hasNext()) {
            while (begun.size() < mostBatches && images.hasNext()) {
                begun.add(begin(nextBatch()));
            }
            if (begun.isEmpty()) {
                return false;
            }
            ready = result(begun.remove()).iterator();
        }
        return true;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.next();
    }

    private List<Row> nextBatch() {
        List<Row> batch = new ArrayList<>(model.batch());
        while (batch.size() < model.batch() && images.hasNext()) {
            batch.add(images.next());
        }
        return batch;
    }

    private Future<List<Row>> begin(List<Row> batch) {
        List<Future<ImageSource>> sources = new ArrayList<>(batch.size());
        batch.forEach(row -> sources.add(readers.submit(() -> reader.apply(row))));
        return lanes.submit(() -> answer(batch, sources));
    }

    /** Runs in a lane. */
    private List<Row> answer(List<Row> batch, List<Future<ImageSource>> sources) {
        Row[] rows = new Row[batch.size()];
        List<ImageSource> images = new ArrayList<>(rows.length);
        List<Integer> places = new ArrayList<>(rows.length);
        for (int i = 0; i < rows.length; i++) {
            try {
                images.add(result(sources.get(i)));
                places.add(i);
            } catch (ImageException e) {
                rows[i] = failed(batch.get(i), e);
            }
        }
        List<? extends Outcome<? extends Prediction>> outcomes =
                images.isEmpty() ? List.of() : Outcome.of(model, images);
        for (int i = 0; i < images.size(); i++) {
            int place = places.get(i);
            rows[place] = row(batch.get(place), outcomes.get(i));
        }
        return List.of(rows);
    }

    private Row row(Row image, Outcome<? extends Prediction> outcome) {
        if (outcome instanceof Outcome.Answered<? extends Prediction> answered) {
            return columns.answered(image.getString(0), answered.answer());
        }
        return failed(image, ((Outcome.Failed<? extends Prediction>) outcome).badImage());
    }

    private Row failed(Row image, ImageException bad) {
        return columns.failed(image.getString(0), Failures.message(bad));
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) { // Spark has killed the task
            Thread.currentThread().interrupt();
            throw new ElasticVisionException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        readers.shutdownNow();
        begun.forEach(batch -> batch.cancel(true));
        lanes.remove(threads);
    }
}
