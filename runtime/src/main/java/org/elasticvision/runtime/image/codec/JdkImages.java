package org.elasticvision.runtime.image.codec;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The JDK's own image readers, whatever plugins an application adds. */
public final class JdkImages {
    private JdkImages() {}

    /** What is made of an open image. */
    @FunctionalInterface
    public interface Use<T> {
        T of(ImageReader reader) throws IOException;
    }

    /** {@return a reader, which the caller gives to {@link #read}} */
    public static ImageReader reader(String format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getModule().getName() != null
                    && reader.getClass().getModule().getName().equals("java.desktop")) {
                return reader;
            }
        }
        throw new IllegalStateException("this Java has no reader of " + format + " images");
    }

    /** Uses a reader on an image, once. */
    public static <T> T read(ImageReader reader, ImageBytes image, Use<T> use) throws DamagedImage {
        try (MemoryCacheImageInputStream stream =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(image.array(), 0, image.length()))) {
            reader.setInput(stream, true, true);
            return use.of(reader);
        } catch (EOFException e) {
            throw DamagedImage.cutOff(image.format(), "it ends after " + image.length() + " bytes");
        } catch (IOException | RuntimeException e) { // the JDK's readers answer some damage with the latter
            throw DamagedImage.damaged(image.format(), "it cannot be decoded");
        } finally {
            reader.dispose();
        }
    }
}
