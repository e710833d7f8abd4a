package org.elasticvision.runtime.cli.prediction;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.elasticvision.runtime.cli.OptionTypes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of an image; an address on the web is refused with how to fetch what is there. */
public final class ImageConverter implements ITypeConverter<Path> {
    private static final Pattern WEB = Pattern.compile("https?://.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);

    @Override
    public Path convert(String text) {
        if (WEB.matcher(text).matches()) {
            String quoted = "'" + text.replace("'", "'\\''") + "'";
            if (InputVideo.isMeant(QUERY.matcher(text).replaceFirst(""))) {
                throw new TypeConversionException(quoted
                        + " is an address, not a file on this machine; fetch the video with curl -fLO " + quoted);
            }
            throw new TypeConversionException(
                    quoted + " is an address, not a file on this machine; fetch it with curl -fLo" + " photo.jpg "
                            + quoted + ", or pass it on: curl -fL " + quoted + " | elastic predict MODEL -");
        }
        return OptionTypes.path(text);
    }
}
