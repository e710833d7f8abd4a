package org.elasticvision.train.torch.tensor;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.elasticvision.train.torch.device.TorchDevice;

/** Java arrays to tensors and back, always by copying: LibTorch owns the memory of its tensors. */
public final class Tensors {
    static {
        TorchDevice.loadLibrary();
    }

    private Tensors() {}

    /** A tensor that outlives the current scope. */
    public static Tensor of(float[] values, List<Long> shape, TensorPlace place) {
        return of(FloatBuffer.wrap(values), sizes(shape), place, false);
    }

    /** A tensor that outlives the current scope. */
    public static Tensor of(double[] values, List<Long> shape, TensorPlace place) {
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = empty(sizes(shape), ScalarType.Double, false);
            bytes(tensor, (long) values.length * Double.BYTES)
                    .asByteBuffer()
                    .asDoubleBuffer()
                    .put(values);
            return kept(place.take(tensor));
        }
    }

    /**
     * A tensor that outlives the current scope.
     *
     * @param values from the position to the limit, left as they are
     * @param pinned whether the copy on the CPU is in pinned memory, from which a GPU reads at full speed
     */
    public static Tensor of(FloatBuffer values, long[] shape, TensorPlace place, boolean pinned) {
        try (PointerScope scope = new PointerScope()) {
            return kept(inScope(values, shape, place, pinned));
        }
    }

    /** The same, of the current scope. */
    public static Tensor inScope(FloatBuffer values, long[] shape, TensorPlace place, boolean pinned) {
        Tensor tensor = empty(shape, ScalarType.Float, pinned);
        bytes(tensor, (long) values.remaining() * Float.BYTES)
                .asByteBuffer()
                .asFloatBuffer()
                .put(values.duplicate());
        return place.take(tensor);
    }

    /** Class indices, on the CPU, of the current scope. */
    public static Tensor of(long[] values, long... shape) {
        Tensor tensor = empty(shape, ScalarType.Long, false);
        bytes(tensor, (long) values.length * Long.BYTES)
                .asByteBuffer()
                .asLongBuffer()
                .put(values);
        return tensor;
    }

    /** Unsigned bytes as class indices, on the CPU, of the current scope. */
    public static Tensor of(byte[] values, long... shape) {
        Tensor tensor = empty(shape, ScalarType.Byte, false);
        bytes(tensor, values.length).asByteBuffer().put(values);
        return tensor.to(ScalarType.Long);
    }

    /** An int64 scalar that outlives the current scope. */
    public static Tensor counter(long value) {
        try (PointerScope scope = new PointerScope()) {
            return kept(of(new long[] {value}));
        }
    }

    /** A float32 scalar on the CPU that outlives the current scope. */
    public static Tensor number(float value) {
        try (PointerScope scope = new PointerScope()) {
            return kept(torch.scalar_tensor(new Scalar(value)));
        }
    }

    /** Computes a tensor of the current scope; all else that the body makes is freed at its end. */
    public static Tensor computed(Supplier<Tensor> body) {
        Tensor output;
        try (PointerScope scope = new PointerScope()) {
            output = (Tensor) body.get().retainReference();
        }
        PointerScope.getInnerScope().attach(output);
        output.releaseReference();
        return output;
    }

    public static double[] toDoubles(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor doubles = onCpu(tensor, ScalarType.Double);
            double[] values = new double[Math.toIntExact(doubles.numel())];
            bytes(doubles, (long) values.length * Double.BYTES)
                    .asByteBuffer()
                    .asDoubleBuffer()
                    .get(values);
            return values;
        }
    }

    public static float[] toFloats(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor floats = onCpu(tensor, ScalarType.Float);
            float[] values = new float[Math.toIntExact(floats.numel())];
            bytes(floats, (long) values.length * Float.BYTES)
                    .asByteBuffer()
                    .asFloatBuffer()
                    .get(values);
            return values;
        }
    }

    /** Class indices below 256. */
    public static byte[] toBytes(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor indices = onCpu(tensor, ScalarType.Byte);
            byte[] values = new byte[Math.toIntExact(indices.numel())];
            bytes(indices, values.length).asByteBuffer().get(values);
            return values;
        }
    }

    /** Keeps the memory format of what is converted. */
    public static MemoryFormatOptional anyFormat() {
        return new MemoryFormatOptional();
    }

    private static Tensor onCpu(Tensor tensor, ScalarType type) {
        return tensor.detach()
                .to(TorchDevice.CPU.device(), type, false, false, anyFormat())
                .contiguous();
    }

    private static Tensor kept(Tensor tensor) {
        return (Tensor) tensor.retainReference();
    }

    private static Tensor empty(long[] sizes, ScalarType type, boolean pinned) {
        TensorOptions options = new TensorOptions().dtype(new ScalarTypeOptional(type));
        return torch.empty(
                sizes, pinned ? options.pinned_memory(new BoolOptional(true)) : options, new MemoryFormatOptional());
    }

    private static long[] sizes(List<Long> shape) {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    private static Pointer bytes(Tensor tensor, long count) {
        return new BytePointer(tensor.data_ptr()).capacity(count);
    }
}
