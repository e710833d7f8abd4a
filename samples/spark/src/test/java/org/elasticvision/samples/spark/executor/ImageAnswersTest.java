package org.elasticvision.samples.spark.executor;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ImageAnswersTest {
    private static final AnswerColumns COLUMNS = new AnswerColumns(Task.CLASSIFICATION, null, null);
    private static final BufferedImage PICTURE = TestModels.plain(8, 8, 0x20C040);

    @TempDir
    private Path folder;

    private final AtomicInteger taken = new AtomicInteger();
    private final Lanes lanes = new Lanes();

    private Iterator<Row> images(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> {
                    taken.incrementAndGet();
                    return RowFactory.create("image " + number);
                })
                .iterator();
    }

    private Model<?> model(int batch) {
        return Model.open(
                TestModels.classifier(folder, TensorShape.ANY),
                ModelOptions.defaults().withBatch(batch).withThreads(1));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "4, 1", "8, 3"})
    void imagesAreTakenOnlyAsAnswersAre(int batch, int threads) {
        AtomicInteger read = new AtomicInteger();
        try (Model<?> model = model(batch);
                ImageAnswers answers = new ImageAnswers(
                        images(500),
                        model,
                        row -> {
                            read.incrementAndGet();
                            return ImageSource.of(PICTURE);
                        },
                        COLUMNS,
                        lanes,
                        threads)) {
            int most = ImageAnswers.mostBatches(threads, batch) * batch;
            assertThat(taken).hasValue(0);
            for (int given = 0; given < 500; given++) {
                Row row = answers.next();
                assertThat(row.getString(0)).isEqualTo("image " + given);
                assertThat(row.getString(1)).isEqualTo("green");
                assertThat(taken.get() - given).isBetween(1, most + batch);
            }
            assertThat(answers.hasNext()).isFalse();
            assertThat(read).hasValue(500);
        }
    }

    @Test
    void aTaskUsesTheLanesOfOthersThatHaveEnded() {
        CountDownLatch both = new CountDownLatch(2);
        try (Model<?> model = model(1)) {
            Function<Row, ImageSource> reader = row -> ImageSource.of(PICTURE);
            try (ImageAnswers first = new ImageAnswers(images(1), model, reader, COLUMNS, lanes, 1);
                    ImageAnswers second = new ImageAnswers(images(1), model, reader, COLUMNS, lanes, 1)) {
                assertThat(first.next().getString(1)).isEqualTo("green");
                assertThat(second.next().getString(1)).isEqualTo("green");
            }
            assertThat(lanes.count()).isEqualTo(2);
            Supplier<RgbImage> together = () -> { // ends only if two threads decode at a time
                both.countDown();
                try {
                    both.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return new RgbImage(1, 1, new byte[3]);
            };
            try (ImageAnswers last = new ImageAnswers(
                    images(2), model, row -> ImageSource.of(together, row.getString(0)), COLUMNS, lanes, 1)) {
                last.next();
                last.next();
            }
            assertThat(lanes.count()).isEqualTo(2);
        }
    }

    @Test
    void badImagesFailAlone() {
        try (Model<?> model = model(4);
                ImageAnswers answers = new ImageAnswers(
                        images(10),
                        model,
                        row -> {
                            if (row.getString(0).endsWith("5")) {
                                throw new ImageException("image 5 is on a disk that is gone");
                            }
                            return row.getString(0).endsWith("6")
                                    ? ImageSource.of(new byte[] {1, 2, 3}, "image 6")
                                    : ImageSource.of(PICTURE);
                        },
                        COLUMNS,
                        lanes,
                        2)) {
            for (int number = 0; number < 10; number++) {
                Row row = answers.next();
                String error = row.getString(row.size() - 1);
                switch (number) {
                    case 5 -> assertThat(error).isEqualTo("image 5 is on a disk that is gone");
                    case 6 -> assertThat(error).startsWith("image 6: ");
                    default -> assertThat(error).isNull();
                }
            }
        }
    }

    @Test
    void whatIsNotAboutAnImageEndsTheTask() {
        try (Model<?> model = model(1);
                ImageAnswers answers = new ImageAnswers(
                        images(10),
                        model,
                        row -> {
                            throw new IllegalStateException("a defect");
                        },
                        COLUMNS,
                        lanes,
                        1)) {
            assertThatThrownBy(answers::hasNext)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a defect");
        }
    }

    @Test
    void closingEndsItsThreads() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (Model<?> model = model(1)) {
            ImageAnswers answers = new ImageAnswers(
                    images(10),
                    model,
                    row -> {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                        }
                        return ImageSource.of(PICTURE);
                    },
                    COLUMNS,
                    lanes,
                    1);
            Thread task = new Thread(() -> assertThatThrownBy(answers::hasNext));
            task.setDaemon(true);
            task.start();
            while (taken.get() < 3) {
                Thread.sleep(5);
            }
            answers.close();
            interrupted.await();
            task.interrupt();
            task.join();
        }
    }
}
