package org.elasticvision.convert.checkpoint.pickle.value;

import java.util.List;
import org.elasticvision.convert.checkpoint.tensor.DType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TensorViewTest {
    private static final Storage STORAGE = new Storage("0", new TypeName("torch.FloatStorage", DType.FLOAT32, 4), 12);
    private static final Storage.Part WHOLE = new Storage.Part(STORAGE, 0, STORAGE.bytes());

    @Test
    void slicesAlongADimensionBeginWhereTheyLie() {
        TensorView matrix = view(1, List.of(3L, 3L), List.of(3L, 1L));
        TensorView rows = matrix.narrow(0, 1, 2);
        assertThat(rows.firstByte()).isEqualTo(4 * (1 + 3));
        assertThat(rows.shape()).containsExactly(2L, 3L);
        assertThat(rows.elementCount()).isEqualTo(6);
        assertThat(rows.span()).isEqualTo(6);
        assertThat(rows.isContiguous()).isTrue();
        TensorView column = matrix.narrow(1, 2, 1);
        assertThat(column.firstByte()).isEqualTo(4 * (1 + 2));
        assertThat(column.span()).isEqualTo(7);
        assertThat(column.isContiguous()).isFalse();
        assertThat(column.order()).containsExactly(0, 3, 6);
        TensorView none = matrix.narrow(0, 3, 0);
        assertThat(none.firstByte()).isEqualTo(4);
        assertThat(none.elementCount()).isZero();
        assertThat(none.span()).isZero();
        assertThat(none.isContiguous()).isTrue();
        assertThatThrownBy(() -> matrix.narrow(0, 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aViewMayEndWithItsStorageAndNotBeyond() {
        assertThat(view(3, List.of(9L), List.of(1L)).span()).isEqualTo(9);
        assertThatThrownBy(() -> view(4, List.of(9L), List.of(1L)))
                .isInstanceOf(PickleRefusal.class)
                .hasMessageContaining("reaches beyond its storage of 12 elements");
        assertThatThrownBy(() -> view(-1, List.of(1L), List.of(1L))).hasMessageContaining("has a negative number");
        assertThatThrownBy(() -> view(0, List.of(1L, 1L), List.of(1L)))
                .hasMessageContaining("not as many strides as sizes");
        assertThatThrownBy(() -> new Storage.Part(STORAGE, 1, STORAGE.bytes()))
                .isInstanceOf(PickleRefusal.class)
                .hasMessageContaining("reaches beyond storage 0 of 48 bytes");
        assertThat(new Storage.Part(STORAGE, 4, 44).bytes()).isEqualTo(44);
    }

    /** As many as {@code expand} makes of small storages are fine, more would ask for any amount of memory. */
    @Test
    void elementsAreRepeatedWithinReason() {
        assertThat(view(0, List.of(1L << 20), List.of(0L)).elementCount()).isEqualTo(1 << 20);
        assertThatThrownBy(() -> view(0, List.of((1L << 20) + 1), List.of(0L)))
                .isInstanceOf(Unread.class)
                .hasMessageContaining("save it with .clone()");
    }

    private static TensorView view(long offset, List<Long> shape, List<Long> stride) {
        return TensorView.of(WHOLE, DType.FLOAT32, offset, shape, stride, false);
    }
}
