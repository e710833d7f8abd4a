package org.elasticvision.samples.spark;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.samples.spark.executor.AnswerColumns;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Where the answers go. Spark writes them into a hidden folder beside the output, which becomes the output when it is whole: what
 * fails leaves none, and an older one as it was.
 */
final class OutputOptions {
    private static final String NAME = "--output";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-o", NAME},
            required = true,
            paramLabel = "FOLDER",
            description = "The folder of Parquet files to write: a row for each image.")
    private String output;

    @Option(names = "--overwrite", description = "Replace the output of an earlier job.")
    private boolean overwrite;

    /**
     * Rows that were written.
     *
     * @param images all of them
     * @param failed those with an error
     */
    record Written(long images, long failed) {}

    /**
     * Checks what can be checked before the work begins.
     *
     * @param inputs the output must be none of them, nor around or in one
     */
    void check(List<Path> inputs, Configuration configuration) throws IOException {
        if (output.isBlank()) {
            throw new ParameterException(command.commandLine(), NAME + " is empty; give the folder to write");
        }
        Path folder = new Path(output);
        FileSystem files = folder.getFileSystem(configuration);
        Path place = files.makeQualified(folder);
        for (Path input : inputs) {
            Path read = input.getFileSystem(configuration).makeQualified(input);
            if (isWithin(place, read) || isWithin(read, place)) {
                throw new ParameterException(
                        command.commandLine(),
                        NAME + " " + output + " and the input " + input
                                + " are one, or one is in the other; name another folder");
            }
        }
        if (place.getParent() == null) {
            throw new ElasticVisionException(output + " is the root of a file system; name a folder in it");
        }
        if (!files.exists(place)) {
            return;
        }
        if (!overwrite) {
            throw new ElasticVisionException(
                    output + " is there already; name another folder, or replace it with --overwrite");
        }
        if (!files.exists(new Path(place, "_SUCCESS"))
                && (files.getFileStatus(place).isFile() || files.listStatus(place).length > 0)) {
            throw new ElasticVisionException(
                    output
                            + " is not the output of a job (there is no _SUCCESS in it) and is left as it is; name another folder");
        }
    }

    private static boolean isWithin(Path path, Path folder) {
        for (Path at = path; at != null; at = at.getParent()) {
            if (at.equals(folder)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Runs the job.
     *
     * @param answers all rows of the output
     * @return what was written
     */
    Written write(SparkSession spark, Dataset<Row> answers) throws IOException {
        Path folder = new Path(output);
        FileSystem files = folder.getFileSystem(spark.sessionState().newHadoopConf());
        Path place = files.makeQualified(folder);
        String job = spark.sparkContext().applicationId();
        Path begun = new Path(place.getParent(), "_" + place.getName() + "." + job);
        try {
            answers.write().mode(SaveMode.ErrorIfExists).parquet(begun.toString());
            Dataset<Row> written = spark.read().schema(answers.schema()).parquet(begun.toString());
            Row counts = written.agg(functions.count(functions.lit(1)), functions.count(AnswerColumns.ERROR))
                    .first();
            replace(files, place, begun, new Path(place.getParent(), "_" + place.getName() + "." + job + ".old"));
            return new Written(counts.getLong(0), counts.getLong(1));
        } finally {
            files.delete(begun, true);
        }
    }

    private void replace(FileSystem files, Path place, Path begun, Path old) throws IOException {
        boolean replaces = files.exists(place);
        if (replaces && !overwrite) { // and a rename would move into it
            throw new ElasticVisionException(output + " was made by another program meanwhile, and is left as it is");
        }
        if (replaces) {
            move(files, place, old);
        }
        try {
            move(files, begun, place);
        } catch (IOException e) {
            if (replaces) {
                move(files, old, place);
            }
            throw e;
        }
        files.delete(old, true);
    }

    private static void move(FileSystem files, Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException(from + " cannot be moved to " + to + "; check the permissions of the folder");
        }
    }
}
