package org.elasticvision.runtime.image.text;

/**
 * A drawn line of text.
 *
 * @param width in pixels
 * @param height in pixels
 * @param ink how much of each pixel is covered, unsigned, 0 to 255, row-major from the top left
 */
record TextMask(int width, int height, byte[] ink) {}
