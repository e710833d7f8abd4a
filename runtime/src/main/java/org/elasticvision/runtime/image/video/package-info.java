/**
 * Video files and cameras. Begin with {@link org.elasticvision.runtime.image.video.VideoReader} and {@link
 * org.elasticvision.runtime.image.video.VideoWriter}; they choose between FFmpeg ({@code FfmpegDecoder}, {@code H264Encoder}),
 * where it is there, and OpenCV ({@code CaptureDecoder}, {@code MotionJpegEncoder}). Apart from the package around it this is the
 * only one that touches OpenCV, the only one that loads its video library, and the only one that touches FFmpeg.
 */
package org.elasticvision.runtime.image.video;
