package org.elasticvision.runtime.image.video;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.pixels.RgbImage;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_d2q;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

/**
 * H.264 in MP4: OpenH264 (BSD licence) in FFmpeg. Colours are BT.709, limited; frames keep their times to 1/90,000 s. Its chroma has
 * half the resolution, so odd sizes grow by a copy of the last column or row; what is larger than it takes is made smaller.
 */
final class H264Encoder implements VideoEncoder {
    /** What OpenH264 takes, standing or lying. */
    private static final int MOST_LONG = 3840;

    private static final int MOST_SHORT = 2160;
    private static final int LEAST_SIDE = 16;

    private static final int TICKS_PER_SECOND = 90_000;
    private static final int MOST_RATE = 1000;
    private static final double BITS_PER_PIXEL = 0.2;
    private static final int LEAST_BITS = 1_000_000;
    private static final int SECONDS_BETWEEN_KEYS = 2;

    private final Path file;
    private final double framesPerSecond;
    private final AVRational ticks = av_make_q(1, TICKS_PER_SECOND);
    private final AVFormatContext output = new AVFormatContext(null);
    private final AVFrame rgb = av_frame_alloc();
    private final AVFrame yuv = av_frame_alloc();
    private final AVPacket packet = av_packet_alloc();
    private final SwsContext scaler = sws_alloc_context().flags(RgbConverter.FLAGS);
    private AVCodecContext encoder;
    private AVStream stream;
    private long last = -1;

    H264Encoder(Path file, double framesPerSecond) {
        this.file = file;
        this.framesPerSecond = framesPerSecond;
    }

    @Override
    public void write(RgbImage image, double seconds) {
        if (encoder == null) {
            begin(even(image.width()), even(image.height()));
        }
        fill(image);
        av_frame_unref(yuv);
        yuv.format(AV_PIX_FMT_YUV420P).width(encoder.width()).height(encoder.height());
        yuv.colorspace(AVCOL_SPC_BT709).color_range(AVCOL_RANGE_MPEG);
        yuv.color_primaries(AVCOL_PRI_BT709).color_trc(AVCOL_TRC_BT709);
        check(sws_scale_frame(scaler, yuv, rgb));
        last = Math.max(last + 1, Math.round(seconds * TICKS_PER_SECOND));
        yuv.pts(last);
        check(avcodec_send_frame(encoder, yuv));
        drain();
    }

    private void begin(int width, int height) {
        try (BytePointer path = new BytePointer("file:" + file, StandardCharsets.UTF_8);
                BytePointer format = new BytePointer("mp4")) {
            check(avformat_alloc_output_context2(output, null, format, path));
            AVIOContext opened = new AVIOContext(null);
            check(avio_open(opened, path, AVIO_FLAG_WRITE));
            output.pb(opened);
        }
        stream = avformat_new_stream(output, null);
        double scale =
                Math.min((double) MOST_LONG / Math.max(width, height), (double) MOST_SHORT / Math.min(width, height));
        if (scale < 1) {
            open(even((int) (width * scale) - 1), even((int) (height * scale) - 1));
        } else {
            open(width, height);
        }
        check(avcodec_parameters_from_context(stream.codecpar(), encoder));
        stream.time_base(ticks);
        AVDictionary options = new AVDictionary(null);
        try {
            av_dict_set(options, "movflags", "+faststart", 0); // browsers begin to play before all is there
            check(avformat_write_header(output, options));
        } finally {
            av_dict_free(options);
        }
    }

    private void open(int width, int height) {
        if (Math.min(width, height) < LEAST_SIDE) {
            throw new ElasticVisionException("a video of " + width + "x" + height
                    + " pixels is too small for H.264; at least " + LEAST_SIDE + " a side are needed");
        }
        AVCodec codec = avcodec_find_encoder_by_name("libopenh264");
        if (codec == null) {
            throw new ElasticVisionException("FFmpeg " + FfmpegLibrary.version()
                    + " has no libopenh264 to write H.264; put the jars of org.bytedeco ffmpeg on the class path");
        }
        encoder = avcodec_alloc_context3(codec);
        encoder.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P);
        encoder.time_base(ticks).framerate(av_d2q(framesPerSecond, MOST_RATE * MOST_RATE));
        encoder.gop_size(Math.max(1, (int) Math.round(SECONDS_BETWEEN_KEYS * framesPerSecond)));
        encoder.bit_rate(Math.max(LEAST_BITS, Math.round(BITS_PER_PIXEL * width * height * framesPerSecond)));
        encoder.colorspace(AVCOL_SPC_BT709).color_range(AVCOL_RANGE_MPEG);
        encoder.color_primaries(AVCOL_PRI_BT709).color_trc(AVCOL_TRC_BT709);
        encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        encoder.thread_count(1);
        check(avcodec_open2(encoder, codec, (PointerPointer<?>) null));
    }

    /** The picture into {@link #rgb}, its last column and row repeated up to an even size. */
    private void fill(RgbImage image) {
        av_frame_unref(rgb);
        rgb.format(AV_PIX_FMT_RGB24).width(even(image.width())).height(even(image.height()));
        rgb.colorspace(AVCOL_SPC_RGB).color_range(AVCOL_RANGE_JPEG);
        rgb.color_primaries(AVCOL_PRI_BT709).color_trc(AVCOL_TRC_BT709);
        check(av_frame_get_buffer(rgb, 0));
        BytePointer data = rgb.data(0);
        int row = 3 * image.width();
        for (int y = 0; y < rgb.height(); y++) {
            int from = Math.min(y, image.height() - 1) * row;
            data.position((long) y * rgb.linesize(0)).put(image.pixels(), from, row);
            if (rgb.width() > image.width()) {
                data.position((long) y * rgb.linesize(0) + row).put(image.pixels(), from + row - 3, 3);
            }
        }
    }

    private static int even(int side) {
        return side + side % 2;
    }

    private void drain() {
        int received = avcodec_receive_packet(encoder, packet);
        while (received >= 0) {
            packet.duration(
                    Math.round(TICKS_PER_SECOND / framesPerSecond)); // counts of the last one, or that is not shown
            av_packet_rescale_ts(packet, ticks, stream.time_base());
            packet.stream_index(stream.index());
            check(av_interleaved_write_frame(output, packet));
            received = avcodec_receive_packet(encoder, packet);
        }
        if (received != AVERROR_EAGAIN() && received != AVERROR_EOF) {
            check(received);
        }
    }

    private static void check(int result) {
        FfmpegLibrary.check(result, "the video cannot be written; make room on the disk or give another folder");
    }

    @Override
    public void finish() {
        check(avcodec_send_frame(encoder, null));
        drain();
        check(av_write_trailer(output));
        AVIOContext opened = output.pb();
        output.pb(null);
        check(avio_closep(opened)); // the last bytes too
    }

    @Override
    public void close() {
        av_frame_free(rgb);
        av_frame_free(yuv);
        av_packet_free(packet);
        sws_free_context(scaler);
        if (encoder != null) {
            avcodec_free_context(encoder);
        }
        if (!output.isNull()) {
            if (output.pb() != null && !output.pb().isNull()) {
                avio_closep(output.pb());
            }
            avformat_free_context(output);
        }
    }
}
