package org.elasticvision.convert.zoo.network;

import java.util.Objects;
import java.util.OptionalInt;
import org.elasticvision.runtime.model.Task;

/**
 * One network of a {@link Family}.
 *
 * @param id its name on the command line, in checkpoints and in model files, such as {@code resnext50_elastic}
 * @param builder makes it
 */
public record Member(String id, Origin origin, Builder builder) {
    /** Where networks come from, in the order in which they are listed. */
    public enum Origin {
        /** The published code of the Elastic networks. */
        PUBLISHED,
        /** Other published code, for pictures of the same size. */
        ELSEWHERE,
        /** Ours, for small pictures of any size. */
        SMALL
    }

    /** Makes a network. */
    @FunctionalInterface
    public interface Builder {
        /**
         * Builds it.
         *
         * @param task one that its family has a head for
         * @param classes how many there are, at least 1
         */
        Network network(Task task, int classes);
    }

    public Member {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(builder, "builder");
    }

    /** {@return the input height and width that it is trained and evaluated at unless told otherwise; empty if there is none} */
    public OptionalInt inputSize(Task task) {
        return switch (origin) {
            case PUBLISHED, ELSEWHERE -> OptionalInt.of(PublishedFacts.inputSize(task));
            case SMALL -> OptionalInt.empty();
        };
    }
}
