package org.elasticvision.samples.spark.executor;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkFiles;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.cli.option.BatchOption;
import org.elasticvision.runtime.cli.option.CachedProviderOptions;
import org.elasticvision.runtime.cli.option.DecodeOption;
import org.elasticvision.runtime.engine.Goal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Which model an executor opens, and how: what the driver was told on its command line, as the same words, since the options
 * themselves stay in one process.
 *
 * @param fileName of the model among the files that Spark hands to the executors
 * @param words options, such as {@code --provider=cpu}
 */
public record ModelRecipe(String fileName, List<String> words) implements Serializable {

    /** The options of a command line that are about the model. */
    @Command
    static final class Words {
        @Mixin
        private DecodeOption decode;

        @Mixin
        private BatchOption batch;

        @Mixin
        private CachedProviderOptions provider;
    }

    public ModelRecipe {
        words = List.copyOf(words);
    }

    /** Opens the model. Each call uses one thread: there are as many callers as the tasks of an executor have cores. */
    Model<?> open() {
        Words options = new Words();
        new CommandLine(options).parseArgs(words.toArray(String[]::new));
        ModelOptions wanted = options.decode
                .applyTo(options.provider.applyTo(options.batch.options()))
                .withGoal(Goal.THROUGHPUT)
                .withThreads(1);
        Model<?> model = Model.open(Path.of(SparkFiles.get(fileName)), wanted);
        try {
            options.batch.check(model);
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
