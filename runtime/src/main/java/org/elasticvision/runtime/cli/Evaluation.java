package org.elasticvision.runtime.cli;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.Prediction;

/**
 * The published evaluation of a task: its images and its measures.
 *
 * @param <S> a sample: an image and the truth about it
 */
interface Evaluation<S> {
    List<S> samples();

    Path image(S sample);

    /**
     * Compares an answer with the truth. Called by many threads at once.
     *
     * @return counts the comparison; run by one thread, in the order of the samples
     */
    Runnable judge(S sample, Prediction answer);

    /** Prints the measures of all that was counted. */
    void print(PrintWriter out);

    /** Adds the measures of all that was counted. */
    void addTo(JsonObject object);
}
