package org.elasticvision.runtime.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ImageHeadTest {
    @TempDir
    Path folder;

    @Test
    void saysWhatDecodingGives() throws IOException {
        TurnedPhotos.write(folder);
        for (int orientation = 1; orientation <= TurnedPhotos.ORIENTATIONS; orientation++) {
            Path file = TurnedPhotos.file(folder, orientation);
            ImageHead head = ImageHead.read(file).orElseThrow();
            assertThat(head.turned()).isEqualTo(orientation != 1);
            assertThat(head.sidesSwapped()).isEqualTo(orientation >= 5);
            for (Orientation decoding : Orientation.values()) {
                RgbImage decoded = ImageSource.of(file).decode(decoding);
                assertThat(head.width(decoding)).isEqualTo(decoded.width());
                assertThat(head.height(decoding)).isEqualTo(decoded.height());
            }
        }
    }

    /** Their EXIF data may stand behind the pixels. */
    @Test
    void otherFormatsAreReadToTheirEnd() {
        Path webp = Golden.file("exif_rot6.webp");
        RgbImage stored = ImageSource.of(webp).decode(Orientation.IGNORE_EXIF);
        assertThat(ImageHead.read(webp)).contains(new ImageHead(stored.width(), stored.height(), true, true));
    }

    /** Only what lies before the pixels is looked at, unless that is longer than a camera makes it. */
    @Test
    void readsNoPixels() throws IOException {
        byte[] whole = TurnedPhotos.jpeg(6);
        Path cut = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(whole, whole.length - 2));
        assertThat(ImageHead.read(cut)).contains(new ImageHead(32, 48, true, true));
        ByteBuffer padded = ByteBuffer.allocate(whole.length + 3 * 65535).put(whole, 0, 2);
        for (int i = 0; i < 3; i++) {
            padded.putShort((short) 0xFFE2).putShort((short) 65533).position(padded.position() + 65531);
        }
        padded.put(whole, 2, whole.length - 2);
        Path large = Files.write(folder.resolve("large.jpg"), padded.array());
        assertThat(ImageHead.read(large)).contains(new ImageHead(32, 48, true, true));
    }

    @Test
    void isEmptyWhereThereIsNoImage() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jpg"), "not an image");
        assertThat(ImageHead.read(text)).isEmpty();
        assertThat(ImageHead.read(folder)).isEmpty();
        assertThat(ImageHead.read(folder.resolve("missing.jpg"))).isEmpty();
        Path png = folder.resolve("upright.png");
        PngFiles.write(new RgbImage(3, 2, new byte[18]), png);
        assertThat(ImageHead.read(png)).contains(new ImageHead(3, 2, false, false));
        assertThat(TurnedImages.among(List.of(text, png, folder)))
                .isEqualTo(new TurnedImages(3, 0, 0))
                .returns(true, none -> none.describe(Orientation.APPLY_EXIF).isEmpty());
    }
}
