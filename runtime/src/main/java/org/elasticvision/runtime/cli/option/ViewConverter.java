package org.elasticvision.runtime.cli.option;

import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.View;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --exif}. */
public final class ViewConverter implements ITypeConverter<View> {
    /** What such a value may be. */
    public static final String LABEL = "apply|ignore";

    @Override
    public View convert(String text) {
        try {
            return View.of(text);
        } catch (ElasticVisionException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
