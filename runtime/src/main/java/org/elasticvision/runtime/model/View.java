package org.elasticvision.runtime.model;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * Which view of a photo a network has learned from, where the camera was turned and the file says so in its EXIF data. A
 * network answers best about the view that it knows, so the model file carries it.
 */
public enum View {
    /** As an image viewer shows it: turned upright as the EXIF orientation says. */
    UPRIGHT("apply"),
    /** The pixels as they are stored, the EXIF orientation ignored: so the published models were trained and measured. */
    STORED("ignore"),
    /**
     * The file does not say: converted from a published checkpoint, or written before model files carried a view. Such a
     * model sees photos upright, but data sets are measured as stored, as published.
     */
    UNSTATED("");

    private final String id;

    View(String id) {
        this.id = id;
    }

    /** {@return the word for it in model files and after {@code --exif}: what is done with the EXIF orientation} */
    public String id() {
        return id;
    }

    /**
     * {@return this view, or another one where this is {@link #UNSTATED}}
     *
     * @param other what then holds
     */
    public View or(View other) {
        return this == UNSTATED ? other : this;
    }

    /**
     * Parses {@link #id()}.
     *
     * @param id {@code apply} or {@code ignore}
     * @return the view
     * @throws ElasticVisionException for any other word
     */
    public static View of(String id) {
        return Arrays.stream(values())
                .filter(view -> view != UNSTATED && view.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new ElasticVisionException("'" + id + "' must be one of "
                        + Arrays.stream(values())
                                .filter(view -> view != UNSTATED)
                                .map(View::id)
                                .collect(Collectors.joining(", "))));
    }
}
