package org.elasticvision.runtime.cli;

import java.util.Map;
import org.elasticvision.runtime.ModelOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --batch}, the same in every command that runs a network over many images. */
public final class BatchOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private ModelOptions options = ModelOptions.defaults();

    @Option(
            names = "--batch",
            paramLabel = "N",
            description =
                    "Images to run at a time where the model leaves it open (default: 1; more helps on a GPU only).")
    void setBatch(int batch) {
        try {
            options = options.withBatch(batch);
        } catch (IllegalArgumentException e) {
            throw OptionNames.wrong(command.commandLine(), e, Map.of("batch", "--batch"));
        }
    }

    /** {@return the default options with this batch} */
    public ModelOptions options() {
        return options;
    }
}
