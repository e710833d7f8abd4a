package org.elasticvision.runtime.cli.option;

import java.util.Optional;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.View;
import picocli.CommandLine.Option;

/** How image files are decoded: {@code --exif} and {@code --fast-decode}, in every command that runs a network over them. */
public final class DecodeOption {
    @Option(
            names = "--exif",
            paramLabel = ViewConverter.LABEL,
            converter = ViewConverter.class,
            description =
                    "Turn photos upright as their EXIF data say, or see them as they are stored (default: as the model"
                            + " file says; where it does not, evaluate as stored and upright everywhere else).")
    private Optional<View> view = Optional.empty();

    @Option(
            names = "--fast-decode",
            description =
                    "Decode JPEGs much larger than the network's input at a half, a quarter or an eighth of their size:"
                            + " faster, but not to the bit what Pillow and torchvision give.")
    private boolean fast;

    /**
     * {@return the view that is asked for, else another one}
     *
     * @param other what the model file says
     */
    public View viewOr(View other) {
        return view.orElse(other);
    }

    /**
     * {@return options for a model that decodes as was asked for}
     *
     * @param options the other options
     */
    public ModelOptions applyTo(ModelOptions options) {
        ModelOptions decoding = options.withFastDecode(fast);
        return view.map(Orientation::of).map(decoding::withOrientation).orElse(decoding);
    }
}
