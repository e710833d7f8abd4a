package org.elasticvision.samples.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.engine.TensorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A job on a cluster of processes, one of which is killed on the way. */
class StandaloneClusterTest {
    private static final int IMAGES = 2000;
    private static final int BROKEN_EACH = 100;
    private static final int IMAGES_PER_TASK = 40;

    @TempDir
    private Path folder;

    /** Tasks whose answers are written, but not moved to the output yet. */
    private long tasksDone() throws IOException {
        long done = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path begun : files.filter(file -> file.getFileName().toString().startsWith("_labels."))
                    .toList()) {
                Path tasks = begun.resolve("_temporary/0");
                if (Files.isDirectory(tasks)) {
                    try (Stream<Path> all = Files.list(tasks)) {
                        done += all.filter(task -> task.getFileName().toString().startsWith("task_"))
                                .count();
                    }
                }
            }
        }
        return done;
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aKilledExecutorLosesNothing() throws IOException, InterruptedException {
        Path model = TestModels.classifier(folder, TensorShape.ANY);
        Path photos = Photos.write(folder.resolve("photos"), IMAGES);
        List<byte[]> broken = Photos.broken();
        for (int i = 0; i < broken.size(); i++) {
            Photos.write(photos, i * BROKEN_EACH + 50, broken.get(i));
        }
        Map<String, String> expected = Answers.ofPredict(model, photos);
        assertThat(expected).hasSize(IMAGES);

        Path labels = folder.resolve("labels");
        try (StandaloneCluster cluster = new StandaloneCluster(folder.resolve("cluster"))) {
            Process job = cluster.submit(
                    model, photos, "-o", labels, "--images-per-task", IMAGES_PER_TASK, "--batch", 4, "--no-cache");
            long done = 0;
            while (done < 3 && job.isAlive()) {
                Thread.sleep(20);
                done = tasksDone();
            }
            ProcessHandle executor = cluster.executor().orElseThrow(() -> new AssertionError(printed(cluster)));
            assertThat(executor.destroyForcibly()).isTrue();
            assertThat(done).isBetween(3L, IMAGES / IMAGES_PER_TASK - 10L);
            assertThat(job.waitFor(8, TimeUnit.MINUTES)).as(printed(cluster)).isTrue();
            assertThat(cluster.printed())
                    .contains("Lost executor")
                    .contains("1,980 images labelled, 20 failed: the column error says why");
            assertThat(job.exitValue()).isZero();
        }
        List<Row> rows = Answers.read(labels);
        assertThat(rows).hasSize(IMAGES);
        assertThat(Answers.ofRows(rows, photos)).isEqualTo(expected);
        assertThat(rows.stream().filter(row -> row.getAs("error") != null)).hasSize(broken.size());
    }

    private static String printed(StandaloneCluster cluster) {
        try {
            return cluster.printed();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
