package org.elasticvision.runtime.image.video;

import org.elasticvision.runtime.image.ImageSource;

/**
 * A frame of a video or a camera.
 *
 * @param number counted from 0
 * @param seconds when it is shown, counted from the first frame; 0 where nothing says
 * @param image its pixels, turned as players show them
 */
public record VideoFrame(long number, double seconds, ImageSource image) {}
