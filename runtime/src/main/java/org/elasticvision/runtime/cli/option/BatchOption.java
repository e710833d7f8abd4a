package org.elasticvision.runtime.cli.option;

import java.util.Map;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --batch}, the same in every command that runs a network over many images. */
public final class BatchOption {
    private static final String NAME = "--batch";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private ModelOptions options = ModelOptions.defaults();

    @Option(
            names = NAME,
            paramLabel = "N",
            description =
                    "Images to run at a time where the model leaves it open (default: 1; more helps on a GPU only).")
    void setBatch(int batch) {
        try {
            options = options.withBatch(batch);
        } catch (IllegalArgumentException e) {
            throw OptionNames.wrong(command.commandLine(), e, Map.of("batch", NAME));
        }
    }

    /** {@return whether {@code --batch} stands on the command line} */
    public boolean isGiven() {
        return Given.has(command, NAME);
    }

    /**
     * Refuses to go on where the model takes another number of images than was asked for.
     *
     * @param model that was opened with these options
     */
    public void check(Model<?> model) {
        if (isGiven() && model.batch() != options.batch()) {
            throw new ParameterException(
                    command.commandLine(),
                    NAME + " " + options.batch() + " does nothing: the model file fixes " + model.batch()
                            + " at a time; leave it out, or convert the checkpoint with --batch dynamic");
        }
    }

    /** {@return the default options with this batch} */
    public ModelOptions options() {
        return options;
    }
}
