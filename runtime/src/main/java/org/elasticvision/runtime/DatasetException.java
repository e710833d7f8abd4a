package org.elasticvision.runtime;

/** A data set whose layout, annotations or masks are not what the task expects. */
public class DatasetException extends ElasticVisionException {
    private static final long serialVersionUID = 1L;

    public DatasetException(String message) {
        super(message);
    }

    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
