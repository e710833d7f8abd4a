package org.elasticvision.runtime.cli;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;

/**
 * Something that {@code elastic inspect} can find out about a model file with the help of another module, which names its
 * class in {@code META-INF/services/org.elasticvision.runtime.cli.ModelCheck}.
 */
public interface ModelCheck {
    /**
     * What was found.
     *
     * @param passed whether the model is as it should be
     * @param lines the finding, human-readable
     * @param json the same, machine-readable
     */
    record Finding(boolean passed, List<String> lines, JsonObject json) {
        public Finding {
            lines = List.copyOf(lines);
            json = json.deepCopy();
        }
    }

    /** {@return the option that asks for it, without its dashes} */
    String option();

    /**
     * Looks at a model file, which need not be one of ours.
     *
     * @param file the file
     * @return what was found
     * @throws org.elasticvision.runtime.base.ElasticVisionException if it is missing, damaged or no model
     */
    Finding check(Path file);
}
