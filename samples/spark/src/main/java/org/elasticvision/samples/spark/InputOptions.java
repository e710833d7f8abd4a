package org.elasticvision.samples.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType$;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.runtime.image.ImageFileNames;
import org.elasticvision.samples.spark.executor.FolderListing;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which images are labelled, and into how many tasks they are cut. */
final class InputOptions {
    private static final String COLUMN = "--column";
    private static final String CONTENT = "--content";

    /** Fewer images than this would make a task shorter than what Spark adds to it. */
    private static final int FEWEST_PER_TASK = 16;

    /** So that the cores are busy until the end, though some tasks take longer. */
    private static final int TASKS_PER_CORE = 4;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private List<String> inputs = List.of();

    @Option(
            names = "--from",
            paramLabel = "FORM",
            defaultValue = "images",
            description =
                    "What INPUT is: images, or lists of their paths: text (one a line), csv (its first line names the"
                            + " columns), json (an object a line), parquet, orc, or table (its name) (default: ${DEFAULT-VALUE}).")
    private ListFormat format;

    @Option(
            names = COLUMN,
            paramLabel = "NAME",
            defaultValue = "path",
            description = "The column of the list with the paths (default: ${DEFAULT-VALUE}).")
    private String column;

    @Option(
            names = CONTENT,
            paramLabel = "NAME",
            description =
                    "The column of a parquet or orc list, or of a table, with the bytes of the image files; the paths are"
                            + " names only, then.")
    private String content;

    private int imagesPerTask = 1000;

    @Option(
            names = "--images-per-task",
            paramLabel = "N",
            description =
                    "At most about so many images a task, and a file of the output (default: 1000, or fewer so that"
                            + " all cores are busy).")
    void setImagesPerTask(int images) {
        OptionNames.check(command.commandLine(), () -> Check.atLeast("--images-per-task", images, 1));
        imagesPerTask = images;
    }

    /**
     * Refuses what would do nothing.
     *
     * @param named the inputs on the command line
     */
    void check(List<String> named) {
        inputs = List.copyOf(named);
        if (format == ListFormat.IMAGES || format == ListFormat.TEXT) {
            Given.refuse(command, "is for lists with columns, and --from is " + format, COLUMN, CONTENT);
        }
        if (format == ListFormat.CSV || format == ListFormat.JSON) {
            Given.refuse(command, "is for columns of bytes, which --from " + format + " does not have", CONTENT);
        }
        if (content != null) {
            Given.refuse(
                    command,
                    "is for lists of paths: rows with bytes stay in the tasks that Spark reads them in",
                    "--images-per-task");
        }
        if (inputs.stream().anyMatch(String::isBlank)) {
            throw new ParameterException(
                    command.commandLine(), "an INPUT is empty; give image files, folders or lists");
        }
    }

    /** {@return the inputs that are files or folders} */
    List<Path> files() {
        return format == ListFormat.TABLE
                ? List.of()
                : inputs.stream().map(Path::new).toList();
    }

    /**
     * Finds the images, and cuts them into tasks.
     *
     * @return rows with the path, and the content where that is in the list
     * @throws ElasticVisionException if there are none
     */
    Dataset<Row> read(SparkSession spark) throws IOException {
        Dataset<Row> images = format == ListFormat.IMAGES ? images(spark) : list(spark);
        if (content != null) {
            // Spark holds a batch of rows at a time in memory, usually thousands.
            spark.conf().set("spark.sql.parquet.columnarReaderBatchSize", FEWEST_PER_TASK);
            spark.conf().set("spark.sql.orc.columnarReaderBatchSize", FEWEST_PER_TASK);
            return images;
        }
        long count = images.count();
        if (count == 0) {
            throw new ElasticVisionException(
                    format == ListFormat.IMAGES
                            ? named() + ": no images there (looked for " + ImageFileNames.list() + ")"
                            : named() + ": the list is empty; give one with the paths of images");
        }
        return images.repartition(
                tasks(count, imagesPerTask, spark.sparkContext().defaultParallelism()));
    }

    /** {@return how many tasks so many images are for} */
    static int tasks(long images, int mostPerTask, int cores) {
        long enough = (images + mostPerTask - 1) / mostPerTask;
        long balanced = Math.min((long) TASKS_PER_CORE * cores, images / FEWEST_PER_TASK);
        return (int) Math.min(Math.max(Math.max(enough, balanced), 1), Integer.MAX_VALUE);
    }

    private String named() {
        return String.join(", ", inputs);
    }

    private Dataset<Row> images(SparkSession spark) throws IOException {
        List<String> files = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        List<String> trees = new ArrayList<>();
        Configuration configuration = spark.sessionState().newHadoopConf();
        for (Path input : files()) {
            for (FileStatus found : found(input, configuration)) {
                if (found.isDirectory()) {
                    folders.add(found.getPath().toString());
                    addTrees(found.getPath(), configuration, trees);
                } else {
                    files.add(found.getPath().toString());
                }
            }
        }
        return spark.createDataset(files, Encoders.STRING())
                .union(listed(spark, folders, new FolderListing(new SerializableConfiguration(configuration), false)))
                .union(listed(spark, trees, new FolderListing(new SerializableConfiguration(configuration), true)))
                .toDF("path");
    }

    /** The folders in a folder, which the executors share out among themselves. */
    private static void addTrees(Path folder, Configuration configuration, List<String> trees) throws IOException {
        RemoteIterator<FileStatus> inside = folder.getFileSystem(configuration).listStatusIterator(folder);
        while (inside.hasNext()) {
            FileStatus one = inside.next();
            if (one.isDirectory() && !FolderListing.isHidden(one.getPath())) {
                trees.add(one.getPath().toString());
            }
        }
    }

    private static Dataset<String> listed(SparkSession spark, List<String> folders, FolderListing listing) {
        int tasks = Math.max(
                1,
                Math.min(folders.size(), TASKS_PER_CORE * spark.sparkContext().defaultParallelism()));
        return spark.createDataset(folders, Encoders.STRING())
                .repartition(tasks)
                .flatMap(listing, Encoders.STRING());
    }

    private static List<FileStatus> found(Path input, Configuration configuration) throws IOException {
        FileSystem files = input.getFileSystem(configuration);
        if (files.exists(input)) {
            return List.of(files.getFileStatus(input));
        }
        FileStatus[] matching = files.globStatus(input);
        if (matching == null || matching.length == 0) {
            throw new ElasticVisionException(input + " does not exist; check the path of the images");
        }
        return Arrays.asList(matching);
    }

    private Dataset<Row> list(SparkSession spark) throws IOException {
        for (Path input : files()) {
            found(input, spark.sessionState().newHadoopConf());
        }
        DataFrameReader reader = spark.read();
        String[] paths = inputs.toArray(String[]::new);
        return switch (format) {
            case IMAGES -> throw new IllegalStateException("images are no list");
            case TEXT ->
                reader.text(paths)
                        .toDF("path")
                        .where(functions.trim(functions.col("path")).notEqual(""));
            case CSV -> columns(reader.option("header", true).csv(paths));
            case JSON -> columns(reader.json(paths));
            case PARQUET -> columns(reader.parquet(paths));
            case ORC -> columns(reader.orc(paths));
            case TABLE -> {
                if (inputs.size() > 1) {
                    throw new ParameterException(
                            command.commandLine(), "--from table takes one INPUT, the table's name");
                }
                yield columns(spark.table(inputs.get(0)));
            }
        };
    }

    private Dataset<Row> columns(Dataset<Row> list) {
        Column path = column(list.schema(), column, COLUMN).cast("string").as("path");
        if (content == null) {
            return list.select(path);
        }
        Column bytes = column(list.schema(), content, CONTENT).as("content");
        Dataset<Row> both = list.select(path, bytes);
        if (!(both.schema().fields()[1].dataType() instanceof BinaryType$)) {
            throw new ElasticVisionException(named() + ": the column " + content + " holds "
                    + both.schema().fields()[1].dataType().simpleString() + ", not bytes (binary); give another with "
                    + CONTENT);
        }
        return both;
    }

    private Column column(StructType schema, String name, String option) {
        Optional<StructField> found = Arrays.stream(schema.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst();
        if (found.isEmpty()) {
            throw new ElasticVisionException(named() + ": has no column " + name + ", but "
                    + String.join(", ", schema.fieldNames()) + "; name one with " + option);
        }
        return functions.col("`" + found.get().name().replace("`", "``") + "`");
    }
}
