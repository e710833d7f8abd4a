package org.elasticvision.runtime.engine;

import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.base.ModelException;

/**
 * What one node of a network costs, as its engine has optimised it.
 *
 * @param node its name; fused nodes have the name of one of them
 * @param operator such as {@code Conv}, or {@code FusedConv}
 * @param milliseconds the median of all runs
 */
public record NodeTime(String node, String operator, double milliseconds) {
    /** Measures a model node by node. */
    @FunctionalInterface
    public interface Measuring {
        /**
         * Opens the model with its library's profiler, runs it on noise and closes it again. The profiler itself takes time, so that the
         * sum is more than a run takes without it.
         *
         * @param options as the model is to run; on what, was said before
         * @param batch items in a run, where the model leaves it open
         * @param runs to take the median of, after some more to warm up
         * @return all nodes, the most expensive first
         * @throws ModelException where the model is damaged or cannot be run
         */
        List<NodeTime> measure(EngineOptions options, int batch, int runs);
    }

    /**
     * Makes ready to measure a model; refuses, before any work, what cannot be measured.
     *
     * @param file the model
     * @param provider on what it is to run
     * @return what measures
     * @throws ModelException where the file is missing, not a model, or one whose nodes cannot be measured, as a TensorRT engine's
     */
    public static Measuring of(Path file, Provider provider) {
        return of(file, EngineOptions.defaults().withProvider(provider));
    }

    /**
     * Makes ready to measure a model; refuses, before any work, what cannot be measured.
     *
     * @param file the model
     * @param options on what it is to run, and with which plug-in
     * @return what measures
     * @throws ModelException as with the provider alone
     */
    public static Measuring of(Path file, EngineOptions options) {
        Measuring measuring = EngineSearch.checked(file, options).nodeTimes(file);
        return (how, batch, runs) -> measuring.measure(how.withProvider(options.provider()), batch, runs);
    }
}
