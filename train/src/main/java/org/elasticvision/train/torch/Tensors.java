package org.elasticvision.train.torch;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Java arrays to tensors and back, always by copying: LibTorch owns the memory of its tensors. */
final class Tensors {
    private Tensors() {}

    static Tensor of(float[] values, List<Long> shape, Precision precision) {
        Tensor tensor = empty(shape, ScalarType.Float);
        bytes(tensor, (long) values.length * Float.BYTES)
                .asByteBuffer()
                .asFloatBuffer()
                .put(values);
        return precision == Precision.FLOAT32 ? tensor : converted(tensor, precision.type());
    }

    static Tensor of(double[] values, List<Long> shape, Precision precision) {
        Tensor tensor = empty(shape, ScalarType.Double);
        bytes(tensor, (long) values.length * Double.BYTES)
                .asByteBuffer()
                .asDoubleBuffer()
                .put(values);
        return precision == Precision.FLOAT64 ? tensor : converted(tensor, precision.type());
    }

    /** Class indices. */
    static Tensor of(long[] values, List<Long> shape) {
        Tensor tensor = empty(shape, ScalarType.Long);
        bytes(tensor, (long) values.length * Long.BYTES)
                .asByteBuffer()
                .asLongBuffer()
                .put(values);
        return tensor;
    }

    /** An int64 scalar. */
    static Tensor counter(long value) {
        return of(new long[] {value}, List.of());
    }

    static double[] toDoubles(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor doubles = tensor.detach().to(ScalarType.Double).contiguous();
            double[] values = new double[Math.toIntExact(doubles.numel())];
            bytes(doubles, (long) values.length * Double.BYTES)
                    .asByteBuffer()
                    .asDoubleBuffer()
                    .get(values);
            return values;
        }
    }

    private static Tensor converted(Tensor tensor, ScalarType type) {
        try (tensor) {
            return tensor.to(type);
        }
    }

    private static Tensor empty(List<Long> shape, ScalarType type) {
        long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
        return torch.empty(sizes, new TensorOptions().dtype(new ScalarTypeOptional(type)), new MemoryFormatOptional());
    }

    private static Pointer bytes(Tensor tensor, long count) {
        return new BytePointer(tensor.data_ptr()).capacity(count);
    }
}
