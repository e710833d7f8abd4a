package org.elasticvision.runtime.image.video;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.pixels.RgbImage;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_frame_rate;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

/**
 * FFmpeg's demuxers and decoders. Files may be hostile: nothing but the file itself is opened, whatever it refers to (playlists are
 * not among the formats), frames have a largest size, and what is read ahead is bounded.
 */
final class FfmpegDecoder implements VideoDecoder {
    /** 8192 by 8192: more than any camera records. */
    private static final long MOST_PIXELS = 1 << 26;

    private static final String FORMATS = "mov,mp4,3gp,matroska,webm,avi,mpeg,mpegts,ogg,flv,asf";
    private static final int MOST_THREADS = 4;
    /** What a file may lack of the length that it says it has. */
    private static final double TOLERATED_SECONDS = 0.5;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6}):(\\d\\d):(\\d\\d(?:\\.\\d+)?)");

    private final String name;
    private final AVFormatContext input;
    private final AVStream stream;
    private final AVCodecContext decoder;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private final RgbConverter converter = new RgbConverter();
    private final double tick;
    private final double framesPerSecond;
    private Optional<String> damage = Optional.empty();
    private long frames;
    private long origin = AV_NOPTS_VALUE;
    private double end;
    private boolean drained;
    private boolean ended;

    private FfmpegDecoder(String name, AVFormatContext input, AVStream stream, AVCodecContext decoder) {
        this.name = name;
        this.input = input;
        this.stream = stream;
        this.decoder = decoder;
        this.tick = value(stream.time_base());
        this.framesPerSecond = value(av_guess_frame_rate(input, stream, null));
    }

    /**
     * Opens a video file.
     *
     * @throws ElasticVisionException if it is not a video that FFmpeg reads
     */
    static FfmpegDecoder open(Path file) {
        AVFormatContext input = demuxer(file);
        AVCodecContext decoder = null;
        try {
            AVStream stream = videoStream(file, input);
            decoder = decoder(file, stream);
            return new FfmpegDecoder(file.toString(), input, stream, decoder);
        } catch (RuntimeException e) {
            if (decoder != null) {
                avcodec_free_context(decoder);
            }
            avformat_close_input(input);
            throw e;
        }
    }

    private static AVFormatContext demuxer(Path file) {
        AVFormatContext input = new AVFormatContext(null);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "protocol_whitelist", "file", 0);
        av_dict_set(options, "format_whitelist", FORMATS, 0);
        try (BytePointer path = new BytePointer("file:" + file, StandardCharsets.UTF_8)) {
            FfmpegLibrary.check(
                    avformat_open_input(input, path, null, options),
                    file + ": is not a video that FFmpeg " + FfmpegLibrary.version()
                            + " can read, or is cut off; give an"
                            + " MP4, MOV, Matroska, WebM, AVI, MPEG, Ogg, FLV or WMV, or copy it again");
        } finally {
            av_dict_free(options);
        }
        return input;
    }

    private static AVStream videoStream(Path file, AVFormatContext input) {
        FfmpegLibrary.check(
                avformat_find_stream_info(input, (PointerPointer<?>) null),
                file + ": is a damaged video; copy or download it again");
        int best = av_find_best_stream(input, AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
        if (best < 0 || (input.streams(best).disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0) {
            throw new ElasticVisionException(file + ": has no pictures that move; give a video");
        }
        for (int i = 0; i < input.nb_streams(); i++) {
            if (i != best) {
                input.streams(i).discard(AVDISCARD_ALL);
            }
        }
        AVStream stream = input.streams(best);
        long width = stream.codecpar().width();
        long height = stream.codecpar().height();
        if (width * height > MOST_PIXELS) {
            throw new ElasticVisionException(file + ": says its frames are " + width + "x" + height
                    + " pixels; at most " + MOST_PIXELS + " are allowed, so make it smaller first");
        }
        return stream;
    }

    private static AVCodecContext decoder(Path file, AVStream stream) {
        int id = stream.codecpar().codec_id();
        // FFmpeg's own decoder of AV1 needs a GPU
        AVCodec codec = id == AV_CODEC_ID_AV1 ? avcodec_find_decoder_by_name("libaom-av1") : avcodec_find_decoder(id);
        if (codec == null) {
            throw new ElasticVisionException(file + ": FFmpeg " + FfmpegLibrary.version()
                    + " has no decoder for its codec; convert it to H.264");
        }
        AVCodecContext decoder = avcodec_alloc_context3(codec);
        decoder.max_pixels(MOST_PIXELS);
        decoder.pkt_timebase(stream.time_base());
        decoder.thread_count(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
        int opened = avcodec_parameters_to_context(decoder, stream.codecpar());
        if (opened >= 0) {
            opened = avcodec_open2(decoder, codec, (PointerPointer<?>) null);
        }
        if (opened < 0) {
            avcodec_free_context(decoder);
        }
        FfmpegLibrary.check(opened, file + ": cannot be decoded; copy the video again or convert it to H.264");
        return decoder;
    }

    private static double value(AVRational number) {
        return number.den() == 0 ? 0 : (double) number.num() / number.den();
    }

    @Override
    public double framesPerSecond() {
        return framesPerSecond;
    }

    @Override
    public long frameCount() {
        return stream.nb_frames() > 0
                ? stream.nb_frames()
                : Math.round(statedSeconds().orElse(0.0) * framesPerSecond);
    }

    /** As the stream says, or the tag that Matroska's writers add. */
    private Optional<Double> statedSeconds() {
        return stream.duration() == AV_NOPTS_VALUE
                ? seconds(av_dict_get(stream.metadata(), "DURATION", null, 0))
                : Optional.of(stream.duration() * tick);
    }

    private static Optional<Double> seconds(AVDictionaryEntry tag) {
        Matcher time = DURATION.matcher(tag == null ? "" : tag.value().getString(StandardCharsets.UTF_8));
        return time.matches()
                ? Optional.of(3600.0 * Integer.parseInt(time.group(1))
                        + 60.0 * Integer.parseInt(time.group(2))
                        + Double.parseDouble(time.group(3)))
                : Optional.empty();
    }

    @Override
    public Optional<VideoFrame> next(int skipped) {
        for (int left = skipped; decode(); left--) {
            long number = frames++;
            double seconds = seconds(number);
            if (left == 0) {
                String called = name + " frame " + number;
                RgbImage image = DisplayMatrix.of(frame).turn(converter.convert(frame, called));
                return Optional.of(new VideoFrame(number, seconds, ImageSource.of(image, called)));
            }
        }
        return Optional.empty();
    }

    private double seconds(long number) {
        long time = frame.best_effort_timestamp();
        double seconds = framesPerSecond > 0 ? number / framesPerSecond : 0;
        if (time != AV_NOPTS_VALUE) {
            if (origin == AV_NOPTS_VALUE) {
                origin = time;
            }
            seconds = (time - origin) * tick;
        }
        end = Math.max(end, seconds + frame.duration() * tick);
        return seconds;
    }

    /** The next frame into {@link #frame}; false at the end. */
    private boolean decode() {
        while (!ended) {
            int received = avcodec_receive_frame(decoder, frame);
            if (received >= 0) {
                return true;
            }
            if (received == AVERROR_EOF || drained) {
                ended = true;
                noteEarlyEnd();
            } else {
                noteDamage(received);
                feed();
            }
        }
        return false;
    }

    private void feed() {
        int read = av_read_frame(input, packet);
        if (read < 0) {
            if (read != AVERROR_EOF) {
                noteDamage(read);
            }
            drained = true;
            avcodec_send_packet(decoder, null);
            return;
        }
        if (packet.stream_index() == stream.index() && packet.size() > 0) { // an empty one repeats the frame before
            if ((packet.flags() & AV_PKT_FLAG_CORRUPT) != 0) {
                noteDamage(AVERROR_INVALIDDATA);
            }
            noteDamage(avcodec_send_packet(decoder, packet));
        }
        av_packet_unref(packet);
    }

    /** The first damage is told, for what follows may come of it. */
    private void noteDamage(int error) {
        if (error < 0 && error != AVERROR_EAGAIN() && damage.isEmpty()) {
            damage = Optional.of(name + ": is damaged near frame " + frames + " (" + FfmpegLibrary.text(error)
                    + "), so frames from there on may be wrong or missing; copy or download it again");
        }
    }

    private void noteEarlyEnd() {
        statedSeconds().filter(stated -> stated - end > TOLERATED_SECONDS).ifPresent(stated -> {
            String where = frames == 0 ? "before the first frame" : "after frame " + (frames - 1);
            damage = Optional.of(String.format(
                    Locale.ROOT,
                    "%s: ends early, %s (at %.2f of %.2f seconds); copy or download it again",
                    name,
                    where,
                    end,
                    stated));
        });
    }

    @Override
    public Optional<String> damage() {
        return damage;
    }

    @Override
    public void close() {
        converter.close();
        av_frame_free(frame);
        av_packet_free(packet);
        avcodec_free_context(decoder);
        avformat_close_input(input);
    }
}
