package org.elasticvision.samples.spark;

import java.util.Locale;

/** What the input is: images, or a list of their paths in a form that Spark reads. */
enum ListFormat {
    /** Image files, and folders in which they are searched for. */
    IMAGES,
    /** Text, a path a line. */
    TEXT,
    /** Comma-separated values, whose first line has the columns' names. */
    CSV,
    /** A JSON object a line. */
    JSON,
    /** Parquet files. */
    PARQUET,
    /** ORC files. */
    ORC,
    /** A table of the session's catalogue. */
    TABLE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
