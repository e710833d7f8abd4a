package org.elasticvision.runtime.image;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.pixels.DecodedImage;
import org.elasticvision.runtime.image.pixels.ImagePart;
import org.elasticvision.runtime.image.pixels.Letterbox;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.resample.InputGeometry;
import org.elasticvision.runtime.image.resample.Resampler;
import org.elasticvision.runtime.image.resample.RgbResampler;
import org.elasticvision.runtime.image.resample.Span;
import org.elasticvision.runtime.image.resample.Taps;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Preprocessing;

/**
 * Turns an image into a network's input as torchvision 0.14 over Pillow 9.4 does, to the bit: resize, crop or pad, then
 * {@code (pixel / 255 - mean) / std} in float32, planar (CHW), RGB.
 *
 * <pre>{@code
 * Preprocessor preprocessor = new Preprocessor(model.info().preprocessing());
 * FloatBuffer input = DirectBuffers.floats(preprocessor.elementCount());
 * RgbImage image = ImageSource.of(Path.of("photo.jpg")).decode(Orientation.APPLY_EXIF);
 * preprocessor.write(image, input, 0);
 * }</pre>
 *
 * <p>Immutable; any number of threads may share one.
 */
public final class Preprocessor {
    private static final int CHANNELS = 3;

    /** Below this many bytes of pixels other threads would be awake only when the work is nearly done. */
    private static final int SHARED_FROM = 3 << 20;

    private final Preprocessing preprocessing;
    private final InputGeometry geometry;
    private final int threads;
    /** Of each channel, by level or {@link Taps#entry}. */
    private final float[][] normalised = new float[CHANNELS][Taps.ENTRIES];

    /**
     * Prepares one.
     *
     * @param preprocessing what is done
     */
    public Preprocessor(Preprocessing preprocessing) {
        this(preprocessing, 1);
    }

    /**
     * A preprocessor whose caller may have help, with the same result.
     *
     * @param preprocessing what is done
     * @param threads how many threads of {@link java.util.concurrent.ForkJoinPool#commonPool}, the caller among them, resize
     *     an image of a million pixels and more; at least 1
     */
    public Preprocessor(Preprocessing preprocessing, int threads) {
        Check.atLeast("threads", threads, 1);
        this.preprocessing = preprocessing;
        this.threads = threads;
        this.geometry = new InputGeometry(preprocessing);
        for (int c = 0; c < CHANNELS; c++) {
            for (int entry = 0; entry < Taps.ENTRIES; entry++) {
                normalised[c][entry] =
                        (Taps.pixelOf(entry) / 255f - preprocessing.mean().get(c))
                                / preprocessing.std().get(c);
            }
        }
    }

    /** {@return what is done} */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** {@return number of floats of one input: {@code 3 * height * width}} */
    public int elementCount() {
        return Math.multiplyExact(CHANNELS * preprocessing.height(), preprocessing.width());
    }

    /**
     * Decodes an image for {@link #write(DecodedImage, FloatBuffer, int)}, a JPEG at a half, a quarter or an eighth of its
     * size where that is still at least twice the size to which it is then resized: libjpeg leaves detail out that would be
     * averaged away. A photo of 4000x3000 in 2 MB becomes an input in a third of the time; the more bytes a pixel has, the
     * less is gained, as all of them must be read. The input is near that of the whole image (differences of one of 255
     * levels or less on average), not equal to it. All other images, and small ones, are decoded whole.
     *
     * @param source the image
     * @param orientation whether the rotation that a camera noted is applied
     * @return the image, as small as it may be
     * @throws ImageException as {@link ImageSource#decode(Orientation)}, of whose size limit the whole image's pixels
     *     count
     */
    public DecodedImage decodeReduced(ImageSource source, Orientation orientation) {
        return source instanceof EncodedSource encoded
                ? encoded.decodeReduced(orientation, geometry)
                : DecodedImage.of(source.decode(orientation));
    }

    /**
     * Writes the image's input at {@code offset .. offset + elementCount()}, an absolute index: the buffer's position
     * neither matters nor moves, so several threads may fill parts of one batch.
     *
     * @param image the image
     * @param target best direct; it must reach to {@code offset + elementCount()}
     * @param offset where it begins
     * @return where the image lies in the input
     * @throws IllegalArgumentException if the buffer is too short
     */
    public Letterbox write(RgbImage image, FloatBuffer target, int offset) {
        return write(DecodedImage.of(image), target, offset);
    }

    /**
     * Writes the input of an image that may have been decoded at a reduced scale; the crop and the placement are those of
     * the whole image.
     *
     * @param image as {@link #decodeReduced} gives it
     * @param target as for {@link #write(RgbImage, FloatBuffer, int)}
     * @param offset where it begins
     * @return where the image lies in the input
     * @throws IllegalArgumentException if the buffer is too short
     */
    public Letterbox write(DecodedImage image, FloatBuffer target, int offset) {
        Span across = geometry.across(image.width(), image.height());
        Span down = geometry.down(image.width(), image.height());
        Letterbox placement = geometry.place(across.count(), down.count());
        InputRows rows = new InputRows(across.count(), down.count(), placement.x(), placement.y(), target, offset);
        if (preprocessing.interpolation() == Interpolation.NEAREST) {
            rows.write(resize(image.pixels(), across, down));
        } else {
            resample(new RgbResampler(image, across, down, preprocessing.interpolation()), down.count(), rows, image);
        }
        return placement;
    }

    private void resample(RgbResampler resampler, int count, InputRows rows, DecodedImage image) {
        if (threads == 1 || image.pixels().pixels().length < SHARED_FROM) {
            resampler.rows(0, count, rows);
            return;
        }
        IntStream.range(0, threads).parallel().forEach(band -> {
            int from = (int) ((long) count * band / threads);
            int to = (int) ((long) count * (band + 1) / threads);
            resampler.rows(from, to, rows.forAnotherThread());
        });
    }

    /**
     * Writes an input of a part of an image, as augmentation wants it: the part is resized to the whole input, perhaps mirrored,
     * and normalised, with the same result as if it had been cut out of the image first. No fit, no crop of its own.
     *
     * @param image the image
     * @param part what is seen of it
     * @param mirrored whether left becomes right after the resize
     * @param target as for {@link #write(RgbImage, FloatBuffer, int)}
     * @param offset where it begins
     * @throws IllegalArgumentException if the buffer is too short, the part is not inside the image, or the interpolation is
     *     {@link Interpolation#NEAREST}
     */
    public void writePart(RgbImage image, ImagePart part, boolean mirrored, FloatBuffer target, int offset) {
        int width = preprocessing.width();
        int height = preprocessing.height();
        InputRows rows = new InputRows(width, height, 0, 0, target, offset);
        new RgbResampler(image, part, width, height, preprocessing.interpolation(), mirrored).rows(0, height, rows);
    }

    /**
     * Writes an input of pixels that are of the right size already, as augmentation makes them: no resize, no crop.
     *
     * @param pixels inside the input, zeros (so the mean colour) all around
     * @param x column of the input where the pixels begin
     * @param y row of the input where the pixels begin
     * @param target as for {@link #write(RgbImage, FloatBuffer, int)}
     * @param offset where it begins
     * @throws IllegalArgumentException if the buffer is too short or the pixels are not inside the input
     */
    public void normalise(RgbImage pixels, int x, int y, FloatBuffer target, int offset) {
        new InputRows(pixels.width(), pixels.height(), x, y, target, offset).write(pixels);
    }

    /** One input that is written row by row. */
    private final class InputRows implements RgbResampler.RowSink {
        private final int columns;
        private final int first;
        private final int plane = preprocessing.height() * preprocessing.width();
        private final FloatBuffer target;
        private final float[] red;
        private final float[] green;
        private final float[] blue;

        InputRows(int columns, int rows, int x, int y, FloatBuffer target, int offset) {
            int width = preprocessing.width();
            int height = preprocessing.height();
            if (offset < 0 || target.limit() - elementCount() < offset) {
                throw new IllegalArgumentException("a buffer of " + target.limit()
                        + " floats has no room for an input of " + elementCount() + " at " + offset);
            }
            if (x < 0 || y < 0 || columns > width - x || rows > height - y) {
                throw new IllegalArgumentException("RgbImage " + columns + "x" + rows + " at column " + x + ", row " + y
                        + " is not inside an input of " + height + "x" + width);
            }
            this.columns = columns;
            this.first = offset + y * width + x;
            this.target = target;
            this.red = new float[width];
            this.green = new float[width];
            this.blue = new float[width];
            if (columns < width || rows < height) {
                for (int at = offset; at < offset + elementCount(); at += width) {
                    target.put(at, red);
                }
            }
        }

        private InputRows(InputRows other) {
            this.columns = other.columns;
            this.first = other.first;
            this.target = other.target;
            this.red = new float[columns];
            this.green = new float[columns];
            this.blue = new float[columns];
        }

        /** The same input: different rows may be put by different threads, each with its own. */
        InputRows forAnotherThread() {
            return new InputRows(this);
        }

        void write(RgbImage pixels) {
            byte[] levels = pixels.pixels();
            for (int y = 0; y < pixels.height(); y++) {
                for (int x = 0, at = 3 * y * columns; x < columns; x++, at += 3) {
                    red[x] = normalised[0][levels[at] & 0xFF];
                    green[x] = normalised[1][levels[at + 1] & 0xFF];
                    blue[x] = normalised[2][levels[at + 2] & 0xFF];
                }
                put(y);
            }
        }

        @Override
        public void row(int y, int[] sums) {
            lookUp(normalised[0], sums, 0, red);
            lookUp(normalised[1], sums, columns, green);
            lookUp(normalised[2], sums, 2 * columns, blue);
            put(y);
        }

        private void lookUp(float[] table, int[] sums, int from, float[] channel) {
            for (int x = 0; x < columns; x++) {
                channel[x] = table[Taps.entry(sums[from + x])];
            }
        }

        private void put(int y) {
            int at = first + y * preprocessing.width();
            target.put(at, red, 0, columns);
            target.put(at + plane, green, 0, columns);
            target.put(at + 2 * plane, blue, 0, columns);
        }
    }

    /**
     * {@return the pixels that the network sees, before they are normalised: the whole input, or for {@link
     * Preprocessing.Fit#PAD} the (possibly shrunk) image without its border, which is not a colour}
     *
     * @param image the image
     */
    public RgbImage fit(RgbImage image) {
        Span across = geometry.across(image.width(), image.height());
        return resize(image, across, geometry.down(image.width(), image.height()));
    }

    private RgbImage resize(RgbImage image, Span across, Span down) {
        return Resampler.resize(image, across, down, preprocessing.interpolation());
    }
}
