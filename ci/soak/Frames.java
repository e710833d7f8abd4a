import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.elasticvision.runtime.Classifier;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.video.VideoWriter;
import org.elasticvision.runtime.stream.FrameConsumer;
import org.elasticvision.runtime.stream.FrameSource;
import org.elasticvision.runtime.stream.FrameStream;
import org.elasticvision.runtime.stream.StreamOptions;
import org.elasticvision.runtime.stream.StreamStatistics;

/** Streams one after the other: pictures in memory, every one or the newest ones, a video file, and streams that are stopped halfway. */
final class Frames implements Workload {
    private static final int FRAMES = 4000;
    private static final int VIDEO_FRAMES = 200;
    private static final int KINDS = 4;
    private static final int EVERY_LEAK = 50;
    private static final int LEAK_BYTES = 16 * 1024;

    private final boolean leak;
    private final Classifier model;
    private final Path video;
    private final Pictures pictures = new Pictures();
    private final List<ByteBuffer> leaked = new ArrayList<>();
    private final Tally met = new Tally();
    private long done;
    private int streams;

    Frames(Path folder, boolean leak) throws IOException {
        this.leak = leak;
        this.model = Classifier.open(TinyModel.write(folder.resolve("frames.onnx")), ModelOptions.defaults().forCallers(2, 2));
        this.video = folder.resolve("clip.avi");
        byte[] pixels = new byte[3 * 64 * 48];
        VideoWriter.write(video, 25, writer -> {
            for (int frame = 0; frame < VIDEO_FRAMES; frame++) {
                writer.write(new RgbImage(64, 48, pixels));
            }
        });
    }

    @Override
    public long work(long units, BooleanSupplier late) {
        while (done < units && !late.getAsBoolean()) {
            long frames = Math.min(FRAMES, units - done);
            StreamStatistics statistics = switch (streams++ % KINDS) {
                case 0 -> memory(StreamOptions.everyFrame(), frames, Long.MAX_VALUE);
                case 1 -> video(frames);
                case 2 -> memory(StreamOptions.newestFrame(), frames, Long.MAX_VALUE);
                default -> memory(StreamOptions.everyFrame().withWaiting(64), frames, frames / 2);
            };
            done += statistics.answered() + statistics.failed(); // those that were dropped cost nothing
            met.add("streams");
            met.add("answers", statistics.answered());
            met.add("dropped", statistics.dropped());
            met.add("bad pictures", statistics.failed());
        }
        return done;
    }

    private StreamStatistics video(long frames) {
        try (FrameSource source = FrameSource.video(video).limit(frames)) {
            return FrameStream.<Classification>run(model, source, StreamOptions.everyFrame(), answer -> leak(answer.frame().index()));
        }
    }

    /** Stopped by its consumer after so many answers. */
    private StreamStatistics memory(StreamOptions options, long frames, long most) {
        AtomicLong number = new AtomicLong();
        AtomicLong answers = new AtomicLong();
        CompletableFuture<FrameStream> started = new CompletableFuture<>();
        FrameSource source = () -> Optional.of(pictures.get(number.getAndIncrement()));
        FrameConsumer<Classification> consumer = FrameConsumer.of(
                answer -> {
                    long index = answer.frame().index();
                    Pictures.check(index, answer.answer().best().index());
                    leak(index);
                    if (answers.incrementAndGet() == most) {
                        started.join().stop();
                    }
                },
                (frame, failure) -> {
                    if (!Pictures.isBad(frame.index())) {
                        throw failure;
                    }
                });
        try (FrameStream stream = FrameStream.start(model, source.limit(frames), options, consumer)) {
            started.complete(stream);
            stream.await();
            return stream.statistics();
        }
    }

    private void leak(long number) {
        if (leak && number % EVERY_LEAK == 0) {
            leaked.add(ByteBuffer.allocateDirect(LEAK_BYTES));
        }
    }

    @Override
    public String met() {
        return met.toString();
    }

    @Override
    public void close() {
        model.close();
    }
}
