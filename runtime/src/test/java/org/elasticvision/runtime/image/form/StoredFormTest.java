package org.elasticvision.runtime.image.form;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.image.codec.JpegFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StoredFormTest {
    private static byte[] encoded(String format, int type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(9, 7, type), format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "png, 5, PNG, ''", // BufferedImage.TYPE_3BYTE_BGR
        "png, 6, PNG, ALPHA", // TYPE_4BYTE_ABGR
        "png, 10, PNG, GREY", // TYPE_BYTE_GRAY
        "png, 11, PNG, GREY DEEP", // TYPE_USHORT_GRAY
        "jpg, 5, JPEG, ''",
        "jpg, 10, JPEG, GREY",
        "tiff, 5, TIFF, ''",
        "tiff, 11, TIFF, GREY DEEP",
        "tiff, 6, TIFF, ALPHA",
        "bmp, 5, BMP, ''"
    })
    void traitsAreThoseOfTheFile(String format, int type, String name, String traits) throws IOException {
        StoredForm form = StoredForm.of(encoded(format, type));
        assertThat(form.format()).isEqualTo(name);
        assertThat(form.traits().stream().map(Enum::name))
                .containsExactlyInAnyOrder(traits.isEmpty() ? new String[0] : traits.split(" "));
        assertThat(form.isNamed("a.b." + format)).isTrue();
        assertThat(form.isNamed("a.webp")).isFalse();
    }

    @Test
    void fourComponentsArePrintingColours() {
        byte[] jpeg = JpegFiles.encode(new RgbImage(8, 8, new byte[192]), 90);
        int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00FF\u00C0");
        jpeg[frame + 9] = 4; // components of the frame
        assertThat(StoredForm.of(jpeg).traits()).containsExactly(StoredTrait.CMYK);
    }

    @Test
    void aHeadThatIsCutOffHasNoTraits() throws IOException {
        byte[] png = encoded("png", BufferedImage.TYPE_4BYTE_ABGR);
        assertThat(StoredForm.of(Arrays.copyOf(png, 30))).isEqualTo(new StoredForm("PNG", Set.of()));
    }
}
