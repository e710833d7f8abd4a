package org.elasticvision.samples.serve.body;

import java.util.Set;

/**
 * What an endpoint takes as a body.
 *
 * @param noun what messages call the body
 * @param part what messages call it where it is to be made smaller
 * @param types content types that it may have; one that ends in a slash stands for all that begin with it. A request without a
 *     type is taken
 * @param remedy how to send it, after what was wrong with it
 */
public record BodyForm(String noun, String part, Set<String> types, String remedy) {
    /** What {@code curl --data-binary} says of anything. */
    public static final String CURL = "application/x-www-form-urlencoded";

    /** A form with files. */
    public static final String MULTIPART = "multipart/form-data";

    public static final String JSON = "application/json";

    /** An image file as it is, or several in a form or in JSON. */
    public static final BodyForm IMAGES = new BodyForm(
            "the image file",
            "the image",
            Set.of("image/", "application/octet-stream", CURL, MULTIPART, JSON),
            "send an image file's bytes as they are (curl --data-binary @photo.jpg), or several as a form (curl -F"
                    + " image=@1.jpg -F image=@2.jpg)");

    /** An image file as it is. */
    public static final BodyForm IMAGE = new BodyForm(
            IMAGES.noun,
            IMAGES.part,
            Set.of("image/", "application/octet-stream", CURL),
            "send an image file's bytes as they are (curl --data-binary @photo.jpg)");

    boolean takes(String type) {
        return types.stream().anyMatch(one -> one.endsWith("/") ? type.startsWith(one) : type.equals(one));
    }
}
