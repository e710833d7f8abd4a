package org.elasticvision.samples.serve.isolate;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.samples.serve.http.Limits;

/** What a server and a process that decodes say to each other: a file, and its pixels or why there are none. */
final class DecoderMessages {
    private static final int PIXELS = 0x50495831;
    private static final int UNUSABLE = 0x50495832;

    private DecoderMessages() {}

    /** A file to be decoded. */
    @SuppressWarnings("ArrayRecordComponent") // files are not compared
    record Question(byte[] encoded, String name, Orientation orientation) {}

    static void write(DataOutputStream out, Question question) throws IOException {
        out.writeUTF(question.name());
        out.writeUTF(question.orientation().name());
        out.writeInt(question.encoded().length);
        out.write(question.encoded());
        out.flush();
    }

    /** {@return the next file} Null at the end. */
    static Question read(DataInputStream in) throws IOException {
        String name;
        try {
            name = in.readUTF();
        } catch (EOFException e) {
            return null;
        }
        Orientation orientation = Orientation.valueOf(in.readUTF());
        byte[] encoded = new byte[in.readInt()];
        in.readFully(encoded);
        return new Question(encoded, name, orientation);
    }

    static void write(DataOutputStream out, RgbImage image) throws IOException {
        out.writeInt(PIXELS);
        out.writeInt(image.width());
        out.writeInt(image.height());
        out.write(image.pixels());
        out.flush();
    }

    static void write(DataOutputStream out, ImageException unusable) throws IOException {
        out.writeInt(UNUSABLE);
        out.writeUTF(unusable.getMessage());
        out.flush();
    }

    /**
     * {@return the pixels}
     *
     * @throws ImageException which the other side has thrown
     * @throws IOException where it has ended, or says what it cannot mean
     */
    static RgbImage readAnswer(DataInputStream in) throws IOException {
        int kind = in.readInt();
        if (kind == UNUSABLE) {
            throw new ImageException(in.readUTF());
        }
        int width = in.readInt();
        int height = in.readInt();
        if (kind != PIXELS || width < 1 || height < 1 || (long) width * height > Limits.PIXELS) {
            throw new IOException("an answer of kind " + kind + ", " + width + "x" + height);
        }
        byte[] pixels = new byte[3 * width * height];
        in.readFully(pixels);
        return new RgbImage(width, height, pixels);
    }
}
