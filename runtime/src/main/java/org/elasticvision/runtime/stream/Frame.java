package org.elasticvision.runtime.stream;

import org.elasticvision.runtime.image.ImageSource;

/**
 * One image of a stream.
 *
 * @param index counted from 0 as the source gave them, dropped ones too
 * @param image as the source gave it
 * @param nanoTime {@link System#nanoTime()} when the source gave it
 */
public record Frame(long index, ImageSource image, long nanoTime) {}
