package org.elasticvision.runtime.engine;

import java.util.Arrays;
import java.util.Locale;
import org.elasticvision.runtime.base.ElasticVisionException;

/** What a model that runs on the CPU is opened for. */
public enum Goal {
    /** The shortest time to an answer: one caller, every physical core works on its image. */
    LATENCY,
    /** The most answers: one thread for each call, and as many callers at a time as there are cores. */
    THROUGHPUT;

    /** {@return the word of the command line} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * By its word.
     *
     * @param id the word for it
     * @return the goal
     * @throws ElasticVisionException for another word
     */
    public static Goal of(String id) {
        return Arrays.stream(values())
                .filter(goal -> goal.id().equals(id.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ElasticVisionException("'" + id + "' is not latency or throughput"));
    }

    @Override
    public String toString() {
        return id();
    }
}
