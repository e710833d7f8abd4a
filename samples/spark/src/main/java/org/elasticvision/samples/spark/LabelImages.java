package org.elasticvision.samples.spark;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.cli.option.BatchOption;
import org.elasticvision.runtime.cli.option.CachedProviderOptions;
import org.elasticvision.runtime.cli.option.DecodeOption;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.samples.spark.executor.AnswerColumns;
import org.elasticvision.samples.spark.executor.ImageReader;
import org.elasticvision.samples.spark.executor.LabelPartition;
import org.elasticvision.samples.spark.executor.ModelInspection;
import org.elasticvision.samples.spark.executor.ModelRecipe;
import org.elasticvision.samples.spark.executor.SharedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Labels images on Spark: the program that {@code spark-submit} starts, in the driver. */
@Command(
        description =
                "Labels images on Apache Spark: paths or folders in, Parquet files with a row for each image out. An"
                        + " image that cannot be used is a row with its error.",
        footer = {
            "%nExamples:",
            "  spark-submit elasticvision-spark.jar model.onnx hdfs:///photos -o hdfs:///labels",
            "  spark-submit elasticvision-spark.jar model.onnx --from csv --column file list.csv -o labels"
        })
public final class LabelImages implements ElasticCommand {
    private static final String NAME = "elasticvision-spark.jar";

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description =
                    "A converted model file: of this machine, of a file system that Spark reads, or the name of one that"
                            + " spark-submit --files ships.")
    private String model;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "INPUT",
            description = "Image files or folders of them, in any file system that Spark reads; or what --from says.")
    private List<String> inputs;

    @Mixin
    private InputOptions input;

    @Mixin
    private OutputOptions output;

    private Integer top;
    private Double threshold;
    private int threads;

    // The options about the model, whose words go to the executors

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private DecodeOption decode;

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private BatchOption batch;

    @Mixin
    private CachedProviderOptions provider;

    @Option(
            names = "--top",
            paramLabel = "K",
            description = "Write at most K classes (default: 5 for classification, else all that are there).")
    void setTop(int count) {
        OptionNames.check(spec.commandLine(), () -> Check.atLeast("--top", count, 1));
        top = count;
    }

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description =
                    "Write classes of at least this probability, 0 to 1; of a segmentation, those that cover at least"
                            + " this share of the image (default for label sets: 0.5).")
    void setThreshold(double probability) {
        OptionNames.check(spec.commandLine(), () -> Check.isPart("--threshold", probability));
        threshold = probability;
    }

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "CPU threads of each task (default: spark.task.cpus, which is 1 unless set).")
    void setThreads(int count) {
        OptionNames.check(spec.commandLine(), () -> Check.between("--threads", count, 1, 1024));
        threads = count;
    }

    /**
     * Labels images. Ends the process with 1 after a failure and with 2 after wrong usage.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        int exitCode = ElasticCommandLine.program(NAME, new LabelImages()).execute(args);
        if (exitCode != 0) { // Spark's own masters take the end of main for success
            System.exit(exitCode);
        }
    }

    @Override
    public Integer call() {
        input.check(inputs);
        ModelShipment shipment = new ModelShipment(model);
        shipment.check();
        provider.check(List.of());
        try (SparkSession spark =
                SparkSession.builder().config(settings(new SparkConf())).getOrCreate()) {
            return label(spark, shipment);
        } catch (Exception e) { // Scala does not declare what it throws
            throw SparkFailures.readable(e);
        } finally {
            SharedModel.close();
        }
    }

    /** What the launcher sets for {@code ./elastic}, for the executors. */
    private static SparkConf settings(SparkConf given) {
        return given.setIfMissing("spark.app.name", "ElasticVision")
                // Else the tasks of a session do not find the files of its context, which the model is one of.
                .set("spark.sql.artifact.isolation.enabled", "false")
                .setIfMissing("spark.executorEnv.ORT_DISABLE_TELEMETRY", "1")
                .setIfMissing("spark.executorEnv.OMP_WAIT_POLICY", "passive")
                .setIfMissing("spark.executorEnv.LC_ALL", "C.UTF-8");
    }

    private int label(SparkSession spark, ModelShipment shipment) throws IOException {
        Configuration configuration = spark.sessionState().newHadoopConf();
        output.check(input.files(), configuration);
        ModelRecipe recipe = new ModelRecipe(shipment.ship(spark), words());
        ModelInspection inspected = ModelInspection.of(spark, recipe);
        print(inspected.text());
        AnswerColumns columns = new AnswerColumns(inspected.task(), top, threshold);
        String folder = FileSystem.get(configuration).getWorkingDirectory().toString();
        ImageReader files = new ImageReader(new SerializableConfiguration(configuration), folder);
        Dataset<Row> answers = input.read(spark)
                .mapPartitions(new LabelPartition(recipe, files, columns, threads), Encoders.row(columns.schema()));
        OutputOptions.Written written = output.write(spark, answers);
        print(String.format(
                Locale.ROOT,
                "%,d images labelled, %,d failed%s",
                written.images() - written.failed(),
                written.failed(),
                written.failed() > 0 ? ": the column error says why" : ""));
        if (written.images() > 0 && written.failed() == written.images()) {
            throw new ElasticVisionException("not one image could be used; the column error says why");
        }
        return 0;
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    /** The options about the model that are on the command line. */
    private List<String> words() {
        List<String> words = new ArrayList<>();
        Stream.of("decode", "batch", "provider")
                .flatMap(mixin -> spec.mixins().get(mixin).options().stream())
                .filter(option -> Given.has(spec, option.longestName()))
                .forEach(option -> words.addAll(words(option)));
        return words;
    }

    private List<String> words(OptionSpec option) {
        if (option.arity().max() == 0) {
            return List.of(option.longestName());
        }
        return spec.commandLine().getParseResult().matchedOption(option.longestName()).originalStringValues().stream()
                .map(value -> option.longestName() + "=" + value)
                .toList();
    }
}
