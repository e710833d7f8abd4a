package org.elasticvision.samples.spark.executor;

import org.elasticvision.runtime.Model;

/**
 * The one model of an executor, which all its tasks share: opened by the first that needs it, closed when the process ends. In local
 * mode, where the driver is the executor, {@link #close()} closes it with the job. Safe for use by any number of threads.
 */
public final class SharedModel {
    private static final String LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

    private static ModelRecipe recipe;
    private static Model<?> model;

    static {
        // JavaCPP would count the whole process, model and all, against a limit that it takes from the heap's.
        System.setProperty(LIMIT, System.getProperty(LIMIT, "0"));
        Runtime.getRuntime().addShutdownHook(new Thread(SharedModel::close, "close the model"));
    }

    private SharedModel() {}

    /**
     * {@return the open model}
     *
     * @param wanted the same for all tasks of an application
     */
    static synchronized Model<?> of(ModelRecipe wanted) {
        if (model == null) {
            model = wanted.open();
            recipe = wanted;
        } else if (!recipe.equals(wanted)) {
            throw new IllegalStateException(
                    recipe + " is open in this executor, and another model is asked for: " + wanted);
        }
        return model;
    }

    /** Waits for calls that are running, then closes the model, if one is open. */
    public static synchronized void close() {
        if (model != null) {
            model.close();
            model = null;
        }
    }
}
