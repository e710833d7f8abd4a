package org.elasticvision.samples.serve.isolate;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.elasticvision.runtime.doctor.JavaCommand;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** A process that decodes. For one thread at a time, besides {@link #kill}. */
final class DecoderProcess {
    private static final int BUFFER = 64 << 10;

    /** Pixels of the largest picture, what is needed to make them, and the file itself. */
    private static final long HEAP_MEGABYTES = 512;

    private final Process process;
    private final DataOutputStream out;
    private final DataInputStream in;

    private DecoderProcess(Process process) {
        this.process = process;
        out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), BUFFER));
        in = new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER));
    }

    /**
     * Starts one.
     *
     * @param fileBytes of the largest file
     * @throws IOException where it cannot be started
     */
    static DecoderProcess launch(long fileBytes) throws IOException {
        long heap = HEAP_MEGABYTES + 2 * (fileBytes >> 20);
        List<String> command = JavaCommand.of(
                DecoderMain.class, List.of("-Xmx" + heap + "m", "-XX:+SuppressFatalErrorMessage"), List.of());
        return new DecoderProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /**
     * Has it decode a picture, so that its libraries are loaded.
     *
     * @throws IOException where it ends meanwhile
     */
    void warmUp() throws IOException {
        byte[] picture = PngFiles.encode(new RgbImage(1, 1, new byte[3]));
        try {
            decode(new DecoderMessages.Question(picture, "a picture", Orientation.IGNORE_EXIF));
        } catch (IOException e) {
            throw new IOException("it ended before it had decoded anything", e);
        }
    }

    /**
     * {@return the pixels of a file}
     *
     * @throws org.elasticvision.runtime.base.ImageException where the file is not usable
     * @throws IOException where the process has ended; it is of no use then
     */
    RgbImage decode(DecoderMessages.Question question) throws IOException {
        DecoderMessages.write(out, question);
        return DecoderMessages.readAnswer(in);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() {
        process.destroyForcibly();
    }
}
