package org.elasticvision.runtime.cli;

import java.util.concurrent.Callable;

/**
 * A subcommand of {@code elastic}: a class annotated with picocli's {@code @Command}, named in
 * {@code META-INF/services/org.elasticvision.runtime.cli.ElasticCommand} of its module.
 *
 * <p>{@link #call()} returns the exit code: 0 done, 1 failed. It prints to the writers of its {@code CommandSpec}, and
 * throws {@link org.elasticvision.runtime.base.ElasticVisionException} with a human-readable message.
 */
public interface ElasticCommand extends Callable<Integer> {
    /** {@return where it stands in the help: lower first} */
    default int order() {
        return 100;
    }
}
