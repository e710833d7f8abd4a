package org.elasticvision.runtime.image;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ImageSourceTest {
    static final List<String> IMAGES = Golden.IMAGES;

    @ParameterizedTest
    @ValueSource(
            strings = {"cmyk.jpg", "exif_rot6.jpg", "gray.jpg", "palette.png", "photo_420_500x333.jpg", "rgba_alpha.png"
            })
    void decodesAsPillow(String name) {
        Golden.assertSame(Golden.image(name), Golden.expected("decoded", name), Golden.tolerance(name));
    }

    @ParameterizedTest
    @FieldSource("IMAGES")
    void bytesGiveWhatTheFileGives(String name) {
        ImageSource source = ImageSource.of(Golden.bytes(name), "upload 7");
        assertThat(source.name()).isEqualTo("upload 7");
        Golden.assertSame(source.decode(Orientation.IGNORE_EXIF), Golden.image(name), 0);
    }
}
