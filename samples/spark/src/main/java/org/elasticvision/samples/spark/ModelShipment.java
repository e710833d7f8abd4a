package org.elasticvision.samples.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkFiles;
import org.apache.spark.sql.SparkSession;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.Engine;

/** Brings the model to the executors, each of which keeps a copy while it lives. */
final class ModelShipment {
    private final String model;

    /**
     * @param model a file of this machine, an address that Hadoop's file systems know, or the name of a file that
     *     {@code spark-submit --files} has shipped
     */
    ModelShipment(String model) {
        this.model = model;
    }

    private boolean isAddress() {
        return model.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
    }

    private Path local() {
        return Path.of(model);
    }

    /** Finds out early what is not a model, where it is a file of this machine. */
    void check() {
        if (!isAddress() && Files.exists(local())) {
            Engine.check(local());
        }
    }

    /**
     * Hands the model to Spark.
     *
     * @return its name among the files of the executors
     */
    String ship(SparkSession spark) {
        String name = new org.apache.hadoop.fs.Path(model).getName();
        Path shipped = Path.of(SparkFiles.get(name));
        if (isAddress()) {
            spark.sparkContext().addFile(model);
        } else if (Files.exists(local())) {
            add(spark, local());
            Path description = local().resolveSibling(name + ".json"); // what a TensorRT engine comes with
            if (Files.exists(description)) {
                add(spark, description);
            }
        } else if (!Files.exists(shipped)) {
            throw new ElasticVisionException(
                    model + " does not exist; check the path of the model, or ship it with --files");
        }
        Engine.check(shipped);
        return name;
    }

    private static void add(SparkSession spark, Path file) {
        spark.sparkContext().addFile(file.toAbsolutePath().toString());
    }
}
