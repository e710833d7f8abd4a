package org.elasticvision.runtime.cli;

import org.elasticvision.runtime.ModelOptions;
import picocli.CommandLine.Option;

/** {@code --fast-decode}, the same in every command that runs a network over image files. */
public final class DecodeOption {
    @Option(
            names = "--fast-decode",
            description =
                    "Decode JPEGs much larger than the network's input at a half, a quarter or an eighth of their size:"
                            + " faster, but not to the bit what Pillow and torchvision give.")
    private boolean fast;

    /**
     * {@return options for a model that decodes as was asked for}
     *
     * @param options the other options
     */
    public ModelOptions applyTo(ModelOptions options) {
        return options.withFastDecode(fast);
    }
}
