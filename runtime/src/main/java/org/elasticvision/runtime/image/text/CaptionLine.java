package org.elasticvision.runtime.image.text;

import java.util.OptionalInt;

/**
 * A line below a picture.
 *
 * @param colour a square of this colour stands before it, {@code 0xRRGGBB}; empty for none
 * @param figure stands before the text, figures of all lines flush right; empty for none
 * @param text what is written, shortened where it is wider than the picture
 */
public record CaptionLine(OptionalInt colour, String figure, String text) {}
