package org.elasticvision.convert.tensorrt;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;

/** Which batches an engine is built for. */
public final class Batches {
    private Batches() {}

    /**
     * Parses one number, or three: {@code 8}, or {@code 1,8,32} for the fewest, the usual number and the most.
     *
     * @param text what was typed
     * @return the range
     * @throws ElasticVisionException if it is neither, or the numbers do not grow
     */
    public static BatchRange parse(String text) {
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 1) {
                return BatchRange.of(Integer.parseInt(parts[0].strip()));
            }
            if (parts.length == 3) {
                return new BatchRange(
                        Integer.parseInt(parts[0].strip()),
                        Integer.parseInt(parts[1].strip()),
                        Integer.parseInt(parts[2].strip()));
            }
        } catch (NumberFormatException e) {
            // falls through to the message
        } catch (IllegalArgumentException e) {
            throw new ElasticVisionException(e.getMessage(), e);
        }
        throw new ElasticVisionException(
                "batch '" + text + "' must be one number or three (min,opt,max), such as 8 or 1,8,32");
    }

    /** What is asked for where the model leaves it open, else what the model fixes; 1 where nobody says. */
    static BatchRange of(Path file, OptionalInt fixed, Optional<BatchRange> wanted) {
        if (fixed.isEmpty()) {
            return wanted.orElseGet(() -> BatchRange.of(1));
        }
        BatchRange only = BatchRange.of(fixed.getAsInt());
        if (wanted.isPresent() && !wanted.get().equals(only)) {
            throw new ElasticVisionException(file + " takes exactly " + only.min() + " images at once, not "
                    + text(wanted.get()) + "; leave --batch out, or convert the checkpoint with"
                    + " 'elastic convert --batch dynamic'");
        }
        return only;
    }

    /**
     * Such as {@code 8} or {@code 1,8,32}.
     *
     * @param batch the range
     * @return the text
     */
    public static String text(BatchRange batch) {
        return batch.isFixed() ? Integer.toString(batch.min()) : batch.toString();
    }
}
