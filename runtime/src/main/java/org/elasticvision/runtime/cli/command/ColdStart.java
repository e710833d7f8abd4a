package org.elasticvision.runtime.cli.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.elasticvision.runtime.cli.OwnCommand;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.codec.JpegFiles;

/**
 * From the start of {@code elastic predict MODEL IMAGE} to its answer, as who types it has it: in processes of their own, started by
 * the same script. The one that measures has done other things by then.
 */
final class ColdStart {
    private static final int LONGEST_SECONDS = 120;
    private static final int QUALITY = 90;

    private final List<String> command;

    private ColdStart(List<String> command) {
        this.command = command;
    }

    /**
     * The second of two starts: the first may leave an archive of classes, and has the files in memory.
     *
     * @param options of {@code predict}
     * @return empty where no script has started this process or {@code predict} fails
     */
    static Optional<Duration> measure(Path model, ImageSource image, List<String> options) {
        Optional<String> script = OwnCommand.script();
        if (script.isEmpty()) {
            return Optional.empty();
        }
        Path photo = null;
        try {
            photo = Files.createTempFile("elastic-benchmark", ".jpg");
            Files.write(photo, JpegFiles.encode(image.decode(Orientation.APPLY_EXIF), QUALITY));
            List<String> command =
                    new ArrayList<>(List.of(script.get(), "predict", model.toString(), photo.toString()));
            command.addAll(options);
            ColdStart start = new ColdStart(command);
            return start.once() == null ? Optional.empty() : Optional.ofNullable(start.once());
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            delete(photo);
        }
    }

    /** To the first byte of the answer; null if there is none. */
    private Duration once() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            int first = process.getInputStream().read();
            long answered = System.nanoTime();
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
            return first < 0 || !ended || process.exitValue() != 0 ? null : Duration.ofNanos(answered - start);
        } finally {
            process.destroy();
        }
    }

    private static void delete(Path photo) {
        try {
            if (photo != null) {
                Files.deleteIfExists(photo);
            }
        } catch (IOException e) {
            // It lies in the temporary folder.
        }
    }
}
