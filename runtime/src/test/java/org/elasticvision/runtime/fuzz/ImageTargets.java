package org.elasticvision.runtime.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.BmpFiles;
import org.elasticvision.runtime.image.HostileImages;
import org.elasticvision.runtime.image.ImageHead;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.image.TestJpegs;
import org.elasticvision.runtime.image.TurnedPhotos;
import org.elasticvision.runtime.image.WebpImages;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;

/** Images of every kind up to their pixels, as predict and train read them, and masks. */
final class ImageTargets {
    /** What decodes within a second. */
    private static final long MAX_PIXELS = 1 << 20;

    private static final Preprocessor SMALL = new Preprocessor(Preprocessing.published(Task.CLASSIFICATION, 8, 8));

    private ImageTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                image("jpeg", folder -> jpegs(), ImageTargets::pixels),
                image(
                        "png",
                        folder -> kinds(
                                "rgba_16_bits.png",
                                "palette_2_bits.png",
                                "kinds/exif_prefix.png",
                                "kinds/raw_profile_deflated.png"),
                        png -> {
                            mendChecksums(png);
                            pixels(png);
                        }),
                image("bmp", folder -> bmps(), ImageTargets::pixels),
                image("webp", folder -> webps(), ImageTargets::pixels),
                image(
                        "tiff",
                        folder -> kinds(
                                "kinds/bilevel_g4.tif",
                                "kinds/palette.tif",
                                "kinds/rgb_packbits.tif",
                                "kinds/rgb_tiff_lzw.tif",
                                "kinds/turned.tif"),
                        ImageTargets::pixels),
                image(
                        "pnm",
                        folder -> kinds(
                                "kinds/bits.pbm",
                                "kinds/levels_of_7.pgm",
                                "kinds/colour_16.ppm",
                                "kinds/plain_bits.pbm",
                                "kinds/plain_grey.pgm",
                                "kinds/plain_colour.ppm"),
                        ImageTargets::pixels),
                new FuzzTarget("mask", "mask.png", ImageException.class, folder -> masks(), mask -> {
                    mendChecksums(mask);
                    ImageHead.read(mask);
                    PngFiles.readIndices(mask);
                }));
    }

    private static FuzzTarget image(String kind, FuzzTarget.Seeds seeds, FuzzTarget.Reader reader) {
        return new FuzzTarget("image-" + kind, "image." + kind, ImageException.class, seeds, reader);
    }

    private static void pixels(Path file) {
        ImageHead.read(file);
        ImageSource image = ImageSource.of(file);
        image.decode(Orientation.APPLY_EXIF, MAX_PIXELS);
        SMALL.decodeReduced(image, Orientation.IGNORE_EXIF);
    }

    /** What a fuzzer changes is otherwise seen by its checksum. */
    private static void mendChecksums(Path file) throws IOException {
        byte[] png = Files.readAllBytes(file);
        HostileImages.mendChecksums(png);
        Files.write(file, png);
    }

    private static List<byte[]> kinds(String... names) {
        return SeedFiles.of(ImageSource.class, names);
    }

    private static List<byte[]> jpegs() {
        RgbImage picture = TestJpegs.picture(20, 12);
        List<byte[]> jpegs = new ArrayList<>(List.of(
                TestJpegs.baseline(picture),
                TestJpegs.progressive(picture),
                TestJpegs.grey(picture),
                TestJpegs.withXmp(TestJpegs.baseline(picture)),
                TurnedPhotos.jpeg(6)));
        jpegs.addAll(kinds("kinds/cmyk.jpg", "kinds/lossless.jpg", "kinds/exif_twice.jpg"));
        return jpegs;
    }

    private static List<byte[]> bmps() {
        String palette = "0000FF00 C8640A00";
        return List.of(
                BmpFiles.bmp(40, 3, -1, 8, 0, palette, "00010100", -1),
                BmpFiles.bmp(40, 4, 1, 4, 0, palette, "01510000", -1),
                BmpFiles.bmp(40, 4, 2, 8, 1, palette, "0301 0100 0000 0003 010001 00 0101 0001", -1),
                BmpFiles.bmp(40, 4, 2, 4, 2, palette, "0410 0000 0003 1010 0110 0001", -1),
                BmpFiles.bmp(40, 2, 1, 24, 0, "", "1020304050600000", -1),
                BmpFiles.bmp(
                        108, 2, 1, 32, BmpFiles.BIT_FIELDS, "000000FF 0000FF00 00FF0000", "00302010 00605040", -1));
    }

    private static List<byte[]> webps() {
        RgbImage picture = TestJpegs.picture(12, 9);
        List<byte[]> webps = new ArrayList<>(List.of(WebpImages.lossy(picture), WebpImages.lossless(picture)));
        webps.addAll(kinds("kinds/exif_prefix.webp", "kinds/xmp.webp"));
        return webps;
    }

    private static List<byte[]> masks() {
        byte[] palette = new byte[3 * 256];
        return List.of(
                PngFiles.encode(TurnedPhotos.uprightClasses(), palette),
                PngFiles.encode(new IndexImage(2, 2, new byte[] {0, 1, 2, (byte) 255}), palette));
    }
}
