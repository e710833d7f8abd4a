package org.elasticvision.runtime;

/** A model file that cannot be opened or run: damaged, of another task, without the metadata that says how to use it. */
public class ModelException extends ElasticVisionException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
