package org.elasticvision.samples.spark;

import java.io.IOException;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.elasticvision.runtime.base.ElasticVisionException;

/** What went wrong in Spark, in one line. */
final class SparkFailures {
    private SparkFailures() {}

    /**
     * {@return the failure with a human-readable message} What the runtime threw in an executor comes wrapped more than once; of what
     * Spark and Hadoop say, the first line is for people.
     */
    static RuntimeException readable(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ElasticVisionException ours) {
                return ours;
            }
        }
        if (failure instanceof SparkException
                || failure instanceof AnalysisException
                || failure instanceof IOException) {
            return new ElasticVisionException(String.valueOf(failure.getMessage()), failure);
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }
}
