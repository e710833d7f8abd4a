package org.elasticvision.runtime.engine.tensorrt.natives;

import java.util.ArrayList;
import java.util.List;

/** Keeps errors and hands warnings on. Any thread may call it; memory is bounded, however much is said. */
final class TensorRtMessages {
    private static final System.Logger LOGGER = System.getLogger("org.elasticvision.tensorrt");
    private static final int MOST_ERRORS = 20;
    private static final int LONGEST_SUMMARY = 300;

    private final List<String> errors = new ArrayList<>();
    private boolean lost;

    synchronized void error(String message) {
        if (errors.size() < MOST_ERRORS) { // the first is the cause, the others follow from it
            errors.add(oneLine(message));
        }
    }

    void warning(String message) {
        LOGGER.log(System.Logger.Level.WARNING, oneLine(message));
    }

    synchronized void lost() {
        lost = true;
    }

    synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    synchronized void clear() {
        errors.clear();
        lost = false;
    }

    synchronized String summary() {
        if (errors.isEmpty()) {
            return lost ? "its message was lost" : "it does not say why";
        }
        String all = String.join("; ", errors);
        return all.length() <= LONGEST_SUMMARY ? all : all.substring(0, LONGEST_SUMMARY - 3) + "...";
    }

    private static String oneLine(String message) {
        return message == null
                ? "an error without a message"
                : message.replaceAll("\\s+", " ").strip();
    }
}
