package org.elasticvision.runtime.image.video;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.elasticvision.runtime.image.pixels.RgbImage;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BITEXACT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

/**
 * Decoded frames as RGB, by the matrix and the range that a frame names; where it names none, BT.601 and limited. Chroma is enlarged
 * linearly from where the frame says it lies, as libjpeg does it, and levels are those that FFmpeg gives on each kind of processor. For one
 * thread. It owns native memory.
 */
final class RgbConverter implements AutoCloseable {
    static final int FLAGS = SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT;

    private final SwsContext scaler = sws_alloc_context().flags(FLAGS);
    private final AVFrame rgb = av_frame_alloc();

    /** {@return the pixels as they are stored, not turned} */
    RgbImage convert(AVFrame frame, String name) {
        av_frame_unref(rgb);
        rgb.format(AV_PIX_FMT_RGB24).width(frame.width()).height(frame.height());
        FfmpegLibrary.check(
                sws_scale_frame(scaler, rgb, frame),
                name + ": its pixels cannot be converted to RGB; convert the video");
        return new RgbImage(rgb.width(), rgb.height(), pixels());
    }

    private byte[] pixels() {
        int row = 3 * rgb.width();
        byte[] pixels = new byte[Math.multiplyExact(row, rgb.height())];
        BytePointer data = rgb.data(0);
        for (int y = 0; y < rgb.height(); y++) {
            data.position((long) y * rgb.linesize(0)).get(pixels, y * row, row);
        }
        return pixels;
    }

    @Override
    public void close() {
        av_frame_free(rgb);
        sws_free_context(scaler);
    }
}
