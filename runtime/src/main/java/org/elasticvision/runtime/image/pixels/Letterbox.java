package org.elasticvision.runtime.image.pixels;

/**
 * Where the (possibly shrunk) image lies inside the network's input, in input pixels from the top left. All around it is
 * padding. When the image is cropped or stretched it covers the whole input.
 */
public record Letterbox(int x, int y, int width, int height) {}
