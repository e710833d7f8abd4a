package org.elasticvision.train.shapes;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SceneArtistTest {
    private static final int SIZE = 80;

    @ParameterizedTest
    @EnumSource(ShapeKind.class)
    void theLargestShapeIsClearlyTheLargestAndOfTheKindAskedFor(ShapeKind kind) {
        for (Scene scene : scenes(kind, SIZE, 40)) {
            assertThat(scene.largest().kind()).isEqualTo(kind);
            int largest = scene.largest().area();
            assertThat(scene.shapes().stream().mapToInt(DrawnShape::area).filter(area -> area * 1.6 > largest))
                    .containsExactly(largest);
        }
    }

    @Test
    void theSameSeedGivesTheSameSceneAndAnotherSeedAnother() {
        SceneArtist artist = new SceneArtist(SIZE);
        Scene scene = artist.draw(ShapeKind.HEART, 5);
        Scene again = new SceneArtist(SIZE).draw(ShapeKind.HEART, 5);
        assertThat(again.picture().pixels()).isEqualTo(scene.picture().pixels());
        assertThat(again.mask().indices()).isEqualTo(scene.mask().indices());
        assertThat(again.shapes()).isEqualTo(scene.shapes());
        assertThat(artist.draw(ShapeKind.HEART, 6).picture().pixels())
                .isNotEqualTo(scene.picture().pixels());
    }

    @ParameterizedTest
    @ValueSource(ints = {48, 96, 160})
    void masksAndShapesSayTheSame(int size) {
        for (Scene scene : scenes(ShapeKind.STAR, size, 20)) {
            byte[] mask = scene.mask().indices();
            BitSet taken = new BitSet();
            int voids = 0;
            for (DrawnShape shape : scene.shapes()) {
                BitSet visible = shape.visible();
                assertThat(visible.intersects(taken)).isFalse();
                taken.or(visible);
                visible.stream().forEach(pixel -> assertThat(mask[pixel] & 0xFF)
                        .isIn(shape.kind().category(), Scene.VOID));
                assertThat(visible.stream().map(pixel -> pixel % size).min()).hasValue(shape.left());
                assertThat(visible.stream().map(pixel -> pixel / size).max())
                        .hasValue(shape.top() + shape.height() - 1);
            }
            for (int pixel = 0; pixel < mask.length; pixel++) {
                if ((mask[pixel] & 0xFF) == Scene.VOID) {
                    voids++;
                } else if (!taken.get(pixel)) {
                    assertThat(mask[pixel]).as("pixel %d", pixel).isZero();
                }
            }
            assertThat(voids).isPositive().isLessThan(mask.length / 5);
        }
    }

    @Test
    void shapesComeInManySizes() {
        List<Integer> areas = scenes(ShapeKind.CIRCLE, SIZE, 200).stream()
                .flatMap(scene -> scene.shapes().stream())
                .map(DrawnShape::area)
                .toList();
        assertThat(areas.stream().filter(area -> area < 12 * 12).count()).isGreaterThan(60);
        assertThat(areas.stream().filter(area -> area > 24 * 24).count()).isGreaterThan(30);
    }

    private static List<Scene> scenes(ShapeKind kind, int size, int count) {
        SceneArtist artist = new SceneArtist(size);
        return IntStream.range(0, count)
                .mapToObj(seed -> artist.draw(kind, seed))
                .toList();
    }
}
