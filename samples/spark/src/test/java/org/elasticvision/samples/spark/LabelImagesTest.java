package org.elasticvision.samples.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.elasticvision.runtime.Segmenter;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.TestJpegs;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs in Spark's local mode, with two cores. */
class LabelImagesTest {
    @TempDir
    private Path folder;

    private Path photos() {
        return folder.resolve("photos");
    }

    private Path labels() {
        return folder.resolve("labels");
    }

    private Path classifier() {
        return TestModels.classifier(folder, TensorShape.ANY);
    }

    private static byte[] red() {
        byte[] pixels = new byte[3 * 40 * 30];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) 0xFF;
        }
        return TestJpegs.baseline(new RgbImage(40, 30, pixels));
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("_") || name.startsWith("."));
        }
    }

    @Test
    void aFolderIsLabelledAsPredictLabelsIt() throws IOException {
        Path model = classifier();
        Photos.write(photos(), 40);
        Photos.write(photos().resolve("more [1]"), 3);
        Files.move(photos().resolve("0005.jpg"), photos().resolve("0005.JPEG"));
        Files.writeString(photos().resolve("notes.txt"), "not an image");
        List<byte[]> broken = Photos.broken();
        for (int i = 0; i < broken.size(); i++) {
            Photos.write(photos(), 100 + i, broken.get(i));
        }
        Job job = Job.run(model, photos(), "-o", labels(), "--batch", 3);
        assertThat(job.err()).isEmpty();
        assertThat(job.out())
                .containsExactly(
                        "classifier.onnx: classification, 3 classes, colors, fp32",
                        "43 images labelled, 20 failed: the column error says why");
        assertThat(job.exitCode()).isZero();
        List<Row> rows = Answers.read(labels());
        Map<String, String> answers = Answers.ofRows(rows, photos());
        assertThat(answers).isEqualTo(Answers.ofPredict(model, photos())).hasSize(63);
        assertThat(answers.keySet()).contains("0005.JPEG", "more [1]/0002.jpg");
        for (Row row : rows) {
            if (row.getAs("error") == null) {
                Row best = (Row) row.getList(row.fieldIndex("classes")).get(0);
                assertThat(row.<String>getAs("label")).isEqualTo(best.getAs("name"));
                assertThat(row.<Double>getAs("probability")).isEqualTo(best.<Double>getAs("probability"));
            }
        }
        assertNothingIsLeft();
    }

    @Test
    void topAndThresholdLeaveOutClasses() throws IOException {
        Path model = classifier();
        Path photo = Photos.write(photos(), 0, red());
        Job.run(model, photo, "-o", labels(), "--top", 1);
        Row one = Answers.read(labels()).get(0);
        assertThat(Answers.classes(one, "classes", "probability"))
                .startsWith("red=0.99")
                .doesNotContain("green");
        assertThat(one.<String>getAs("label")).isEqualTo("red");
        Job.run(model, photo, "-o", labels(), "--threshold", 1, "--overwrite");
        Row none = Answers.read(labels()).get(0);
        assertThat(none.<String>getAs("label")).isNull();
        assertThat(none.<String>getAs("error")).isNull();
        assertThat(none.getList(none.fieldIndex("classes"))).isEmpty();
    }

    @Test
    void labelSetsAndMasksHaveColumnsOfTheirOwn() throws IOException {
        Path photo = Photos.write(photos(), 0, Photos.jpeg(3));
        Photos.write(photos(), 1, red());
        Photos.write(photos(), 2, new byte[0]);
        Job.run(TestModels.multiLabel(folder, 1), photos(), "-o", labels());
        List<Row> sets = Answers.read(labels());
        assertThat(sets.get(1).schema().fieldNames()).containsExactly("path", "labels", "error");
        assertThat(Answers.classes(sets.get(1), "labels", "probability")).matches("red=0\\.99\\S*");
        assertThat(sets.get(2).<String>getAs("error")).contains("0002.jpg: ");

        Path segmenter = TestModels.segmenter(folder, 1);
        Job.run(segmenter, photos(), "-o", labels(), "--overwrite");
        List<Row> masks = Answers.read(labels());
        assertThat(masks.get(0).schema().fieldNames())
                .containsExactly("path", "width", "height", "areas", "runs", "error");
        try (Segmenter model = Segmenter.open(segmenter)) {
            Segmentation expected = model.predict(ImageSource.of(photo));
            Row row = masks.get(0);
            assertThat(row.<Integer>getAs("width")).isEqualTo(expected.width());
            assertThat(row.<Integer>getAs("height")).isEqualTo(expected.height());
            assertThat(Answers.classes(row, "areas", "share"))
                    .isEqualTo(expected.areas().stream()
                            .map(area -> area.label().name() + "=" + area.share())
                            .collect(Collectors.joining(" ")));
            assertThat(Answers.mask(row)).isEqualTo(expected.classMap());
        }
    }

    @Test
    void pathsComeFromLists() throws IOException {
        Path model = classifier();
        Photos.write(photos(), 3);
        Files.writeString(
                folder.resolve("list.csv"),
                "id,file\n7,%s/0000.jpg\n8,file:%s/0002.jpg\n9,\n10,%s\n11,nowhere/1.jpg\n12,nofs://x/1.jpg\n"
                        .formatted(photos(), photos(), photos()));
        Job job = Job.run(model, "--from", "csv", "--column", "FILE", folder.resolve("list.csv"), "-o", labels());
        assertThat(job.err()).isEmpty();
        Map<String, String> errors = new TreeMap<>();
        for (Row row : Answers.read(labels())) {
            errors.put(String.valueOf(row.<String>getAs("path")), String.valueOf(row.<String>getAs("error")));
        }
        assertThat(errors)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        photos() + "/0000.jpg",
                        "null",
                        "file:" + photos() + "/0002.jpg",
                        "null",
                        "null",
                        "the path of the image is empty; check the list",
                        photos().toString(),
                        photos() + ": is not a file but a folder; give an image file",
                        "nowhere/1.jpg",
                        "nowhere/1.jpg does not exist; check the path of the image",
                        "nofs://x/1.jpg",
                        "nofs://x/1.jpg: cannot be read (No FileSystem for scheme \"nofs\")"));

        Files.writeString(folder.resolve("list.txt"), photos() + "/0001.jpg\n\n");
        Job.run(model, "--from", "text", folder.resolve("list.txt"), "-o", labels(), "--overwrite");
        assertThat(Answers.read(labels())).singleElement().satisfies(row -> assertThat(row.<String>getAs("label"))
                .isNotNull());

        // An output of the job is a list of paths, too, as is a table.
        Path again = folder.resolve("again");
        assertThat(Job.run(model, "--from", "parquet", labels(), "-o", again).out())
                .endsWith("1 images labelled, 0 failed");
        String table = "parquet.`" + labels() + "`";
        assertThat(Job.run(model, "--from", "table", table, "-o", again, "--overwrite")
                        .out())
                .endsWith("1 images labelled, 0 failed");
        assertNothingIsLeft();
    }

    @Test
    void bytesComeFromColumns() throws IOException {
        Path model = classifier();
        Photos.write(photos(), 5);
        Photos.write(photos(), 5, new byte[0]);
        Path table = folder.resolve("table");
        Answers.packed(photos(), table);
        Map<String, String> expected = Answers.ofPredict(model, photos());
        for (Path file : List.of(photos().resolve("0003.jpg"), photos().resolve("0004.jpg"))) {
            Files.delete(file); // nobody reads the files
        }
        Job job = Job.run(model, "--from", "parquet", "--content", "content", table, "-o", labels());
        assertThat(job.err()).isEmpty();
        assertThat(Answers.ofRows(Answers.read(labels()), photos())).isEqualTo(expected);
    }

    @Test
    void anOutputThatIsThereIsKept() throws IOException {
        Path model = classifier();
        Photos.write(photos(), 1);
        Job.run(model, photos(), "-o", labels());
        List<Row> before = Answers.read(labels());
        assertThat(Job.run(model, photos(), "-o", labels()).err())
                .containsExactly("elastic: " + labels()
                        + " is there already; name another folder, or replace it with --overwrite");
        Path other = folder.resolve("other");
        Files.createDirectories(other);
        Files.writeString(other.resolve("thesis.txt"), "years of work");
        assertThat(Job.run(model, photos(), "-o", other, "--overwrite").err())
                .containsExactly(
                        "elastic: " + other + " is not the output of a job (there is no _SUCCESS in it) and is left"
                                + " as it is; name another folder");
        assertThat(Answers.read(labels())).isEqualTo(before);
        assertThat(other.resolve("thesis.txt")).exists();
        for (Path output : List.of(photos(), photos().resolve("labels"), folder)) {
            Job job = Job.run(model, photos(), "-o", output, "--overwrite");
            assertThat(job.exitCode()).isEqualTo(2);
            assertThat(job.err()).singleElement().asString().contains("are one, or one is in the other");
        }
    }

    @Test
    void aJobThatFailsLeavesTheOldOutputAndNothingElse() throws IOException {
        Path model = classifier();
        Photos.write(photos(), 200);
        Job.run(model, photos(), "-o", labels());
        List<Row> before = Answers.read(labels());
        assertThat(before).hasSize(200);
        Path damaged = folder.resolve("damaged.onnx");
        TestModels.write(
                damaged,
                TestModels.info(Task.CLASSIFICATION, TestModels.cropTo(4)),
                TinyNetworks.classifier(TensorShape.ANY, 4, 4, new float[3][3], new float[] {Float.NaN, 0, 0}));
        Job job = Job.run(damaged, photos(), "-o", labels(), "--overwrite");
        assertThat(job.exitCode()).isEqualTo(1);
        assertThat(job.err())
                .singleElement()
                .asString()
                .startsWith("elastic: ")
                .contains("damaged.onnx answered with values that are not numbers: its weights are damaged");
        assertThat(Answers.read(labels())).isEqualTo(before);
        assertNothingIsLeft();
    }

    @Test
    void whereNoImageCanBeUsedTheJobSaysSo() throws IOException {
        Path model = classifier();
        Photos.write(photos(), 0, new byte[0]);
        Job job = Job.run(model, photos(), "-o", labels());
        assertThat(job.exitCode()).isEqualTo(1);
        assertThat(job.err()).containsExactly("elastic: not one image could be used; the column error says why");
        assertThat(Answers.read(labels())).hasSize(1);
    }

    @Test
    void wrongWordsAreOneLineEach() throws IOException {
        Path model = classifier();
        Path photo = Photos.write(photos(), 0, red());
        Path list = Files.writeString(folder.resolve("list.csv"), "file\n" + photo + "\n");
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertWrong(2, "Missing required parameter: 'INPUT'", model, "-o", labels());
        assertWrong(2, "Missing required option: '--output=FOLDER'", model, photo);
        assertWrong(2, "--top 0 must be at least 1", model, photo, "-o", labels(), "--top", 0);
        assertWrong(2, "--threshold 1.5 must be between 0 and 1", model, photo, "-o", labels(), "--threshold", 1.5);
        assertWrong(2, "--threads 0 must be between 1 and 1024", model, photo, "-o", labels(), "--threads", 0);
        assertWrong(2, "--batch: 'x' is not a whole number", model, photo, "-o", labels(), "--batch", "x");
        assertWrong(2, "--from: 'xml' is not one of images, text, csv", model, photo, "-o", labels(), "--from", "xml");
        assertWrong(2, "--column is for lists with columns", model, photo, "-o", labels(), "--column", "x");
        assertWrong(2, "--provider: ", model, photo, "-o", labels(), "--provider", "abacus");
        assertWrong(2, "unknown option '--tpo'; did you mean --top", model, photo, "-o", labels(), "--tpo", 1);
        assertWrong(1, "does not exist; check the path of the model", folder.resolve("x.onnx"), photo, "-o", labels());
        assertWrong(1, "not a model", photo, photo, "-o", labels());
        assertWrong(1, "does not exist; check the path of the images", model, folder.resolve("x"), "-o", labels());
        assertWrong(1, "no images there", model, empty, "-o", labels());
        assertWrong(
                1,
                "has no column path, but file; name one with --column",
                model,
                "--from",
                "csv",
                list,
                "-o",
                labels());
        assertWrong(1, "No FileSystem for scheme", model, photo, "-o", "nofs://x/labels");
        Path fixed = TestModels.multiLabel(folder, 1);
        assertWrong(1, "--batch 4 does nothing: the model file fixes 1", fixed, photo, "-o", labels(), "--batch", 4);
        assertThat(labels()).doesNotExist();
        assertNothingIsLeft();
    }

    private static void assertWrong(int exitCode, String message, Object... args) {
        Job job = Job.run(args);
        assertThat(job.err()).singleElement().asString().startsWith("elastic: ").contains(message);
        assertThat(job.exitCode()).isEqualTo(exitCode);
    }
}
