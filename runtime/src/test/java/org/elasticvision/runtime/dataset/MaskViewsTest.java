package org.elasticvision.runtime.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.answer.PascalColors;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.TurnedPhotos;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.model.View;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MaskViewsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void takePhotos() throws IOException {
        TurnedPhotos.write(folder);
    }

    @Test
    void sidesThatAreSwappedTellTheView() {
        List<SegmentedImage> upright = List.of(masked(1, true), masked(6, true), masked(8, true));
        assertThat(MaskViews.check(upright, Orientation.APPLY_EXIF)).isEqualTo(new TurnedImages(3, 2, 0));
        assertThatThrownBy(() -> MaskViews.check(upright, Orientation.IGNORE_EXIF))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("as 2 masks do; give --exif apply");
        List<SegmentedImage> stored = List.of(masked(5, false), masked(3, false));
        assertThat(MaskViews.check(stored, Orientation.IGNORE_EXIF)).isEqualTo(new TurnedImages(2, 2, 0));
        assertThatThrownBy(() -> MaskViews.check(stored, Orientation.APPLY_EXIF))
                .hasMessageContaining("as 1 mask does; give --exif ignore");
    }

    @Test
    void masksOfBothViewsAreRefusedInEither() {
        List<SegmentedImage> mixed = List.of(masked(5, true), masked(6, false));
        assertThatThrownBy(() -> MaskViews.check(mixed, Orientation.APPLY_EXIF))
                .hasMessageContaining("mask-6")
                .hasMessageContaining("others belong to the other view: draw all on one");
        assertThatThrownBy(() -> MaskViews.check(mixed, Orientation.IGNORE_EXIF))
                .hasMessageContaining("mask-5");
    }

    @Test
    void sidesDoNotTellWherePicturesAreUpsideDownOrMirrored() {
        List<SegmentedImage> examples = new ArrayList<>();
        for (int orientation = 1; orientation <= 4; orientation++) {
            examples.add(masked(orientation, true));
        }
        TurnedImages turned = MaskViews.check(examples, Orientation.APPLY_EXIF);
        assertThat(turned).isEqualTo(new TurnedImages(4, 3, 3));
        assertThat(turned.describe(Orientation.APPLY_EXIF))
                .contains("3 of 4 images are turned by EXIF and seen upright (as stored: --exif ignore); the sides of"
                        + " 3 of their masks do not tell on which view they were drawn, it is taken to be this one");
        MaskViews.requireTold(turned, View.UPRIGHT);
        assertThatThrownBy(() -> MaskViews.requireTold(turned, View.UNSTATED))
                .hasMessageStartingWith("3 masks are of images that EXIF turns");
    }

    @Test
    void aMaskMayNotBeTurnedItself() {
        SegmentedImage example = new SegmentedImage(TurnedPhotos.file(folder, 6), TurnedPhotos.file(folder, 8));
        assertThatThrownBy(() -> MaskViews.check(List.of(example), Orientation.APPLY_EXIF))
                .hasMessageContaining("turned-8.jpg: this mask is turned by EXIF data of its own");
        assertThat(MaskViews.check(List.of(example), Orientation.IGNORE_EXIF)).isEqualTo(new TurnedImages(1, 1, 0));
    }

    @Test
    void oneMaskOfTheOtherViewNamesExif() {
        SegmentedImage example = masked(6, true);
        MaskViews.requireSameSize(example, 48, 32, 48, 32);
        assertThatThrownBy(() -> MaskViews.requireSameSize(example, 32, 48, 48, 32))
                .hasMessageContaining(
                        "as EXIF turns it upright, but images are read as they are stored; give --exif apply");
        assertThatThrownBy(() -> MaskViews.requireSameSize(example, 48, 32, 32, 48))
                .hasMessageContaining("as it is stored, but images are turned upright by EXIF; give --exif ignore");
        assertThatThrownBy(() -> MaskViews.requireSameSize(masked(3, true), 48, 32, 32, 48))
                .hasMessageContaining("is 32x48 pixels, its image 48x32; mask and image must be of one size");
    }

    private SegmentedImage masked(int orientation, boolean upright) {
        IndexImage mask = upright ? TurnedPhotos.uprightClasses() : TurnedPhotos.storedClasses(orientation);
        Path file = folder.resolve("mask-" + orientation + ".png");
        PngFiles.write(mask, PascalColors.palette(), file);
        return new SegmentedImage(TurnedPhotos.file(folder, orientation), file);
    }
}
