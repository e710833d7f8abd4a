package org.elasticvision.runtime.answer;

import org.elasticvision.runtime.image.pixels.Letterbox;

/**
 * How an image lies in the output of a network that answers for each pixel. All sizes are in pixels.
 *
 * @param width of the output, padding included
 * @param height of the output, padding included
 * @param seen where the image lies in it, shrunk or stretched perhaps
 * @param imageWidth of the image itself
 * @param imageHeight of the image itself
 */
public record Framing(int width, int height, Letterbox seen, int imageWidth, int imageHeight) {

    /**
     * {@return an image that is all of the output}
     *
     * @param width of both
     * @param height of both
     */
    public static Framing whole(int width, int height) {
        return new Framing(width, height, new Letterbox(0, 0, width, height), width, height);
    }
}
