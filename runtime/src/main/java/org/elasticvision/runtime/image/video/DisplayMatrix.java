package org.elasticvision.runtime.image.video;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.javacpp.IntPointer;
import org.elasticvision.runtime.image.codec.ExifOrientation;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

/**
 * How players turn the frames of a video (ISO/IEC 14496-12, 8.3.2): phones store them as the sensor lies. A matrix sends a point
 * (x, y) to (a x + c y, b x + d y). Stateless.
 */
final class DisplayMatrix {
    private static final int A = 0;
    private static final int B = 1;
    private static final int C = 3;
    private static final int D = 4;

    private DisplayMatrix() {}

    /** {@return the nearest quarter turn, mirrored or not} */
    static ExifOrientation of(AVFrame frame) {
        AVFrameSideData side = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
        if (side == null || side.isNull()) {
            return ExifOrientation.UPRIGHT;
        }
        IntPointer matrix = new IntPointer(side.data());
        return orientation(matrix.get(A), matrix.get(B), matrix.get(C), matrix.get(D));
    }

    static ExifOrientation orientation(long a, long b, long c, long d) {
        return Math.abs(b) + Math.abs(c) > Math.abs(a) + Math.abs(d)
                ? new ExifOrientation(true, c < 0, b < 0)
                : new ExifOrientation(false, a < 0, d < 0);
    }
}
