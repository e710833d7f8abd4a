package org.elasticvision.convert.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.elasticvision.convert.onnx.graph.Half;

/** The elements of a tensor of any type as numbers, from the raw bytes or from the field of their type. */
final class TensorNumbers {
    private final TensorProto proto;
    private final DataType type;

    private TensorNumbers(TensorProto proto) {
        this.proto = proto;
        DataType known = DataType.forNumber(proto.getDataType());
        this.type = known == null ? DataType.UNDEFINED : known;
    }

    /**
     * Reads them. Of types of less than 8 bits each byte counts as one, and so does one of 8-bit floats.
     *
     * @return empty where they are not numbers or are in another file
     */
    static Optional<double[]> of(TensorProto proto) {
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL
                || proto.getDataType() == DataType.STRING_VALUE) {
            return Optional.empty();
        }
        TensorNumbers numbers = new TensorNumbers(proto);
        return Optional.of((proto.getRawData().isEmpty() ? numbers.fields() : numbers.raw()).toArray());
    }

    private DoubleStream raw() {
        ByteBuffer bytes = proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case FLOAT -> elements(bytes, Float.BYTES).mapToDouble(bytes::getFloat);
            case DOUBLE -> elements(bytes, Double.BYTES).mapToDouble(bytes::getDouble);
            case FLOAT16 -> elements(bytes, Short.BYTES).mapToDouble(at -> Half.toFloat(bytes.getShort(at)));
            case BFLOAT16 -> elements(bytes, Short.BYTES).mapToDouble(at -> brain(bytes.getShort(at)));
            case INT16 -> elements(bytes, Short.BYTES).mapToDouble(bytes::getShort);
            case UINT16 -> elements(bytes, Short.BYTES).mapToDouble(at -> Short.toUnsignedInt(bytes.getShort(at)));
            case INT32 -> elements(bytes, Integer.BYTES).mapToDouble(bytes::getInt);
            case UINT32 -> elements(bytes, Integer.BYTES).mapToDouble(at -> Integer.toUnsignedLong(bytes.getInt(at)));
            case INT64, UINT64 -> elements(bytes, Long.BYTES).mapToDouble(bytes::getLong);
            case UINT8, BOOL -> elements(bytes, Byte.BYTES).mapToDouble(at -> Byte.toUnsignedInt(bytes.get(at)));
            default -> elements(bytes, Byte.BYTES).mapToDouble(bytes::get);
        };
    }

    /** Where the elements start. */
    private static IntStream elements(ByteBuffer bytes, int size) {
        return IntStream.range(0, bytes.remaining() / size).map(index -> index * size);
    }

    private DoubleStream fields() {
        return switch (type) {
            case FLOAT -> numbers(proto.getFloatDataList(), Float::doubleValue);
            case DOUBLE -> numbers(proto.getDoubleDataList(), Double::doubleValue);
            case INT64 -> numbers(proto.getInt64DataList(), Long::doubleValue);
            case UINT32, UINT64 -> numbers(proto.getUint64DataList(), Long::doubleValue);
            case FLOAT16 -> numbers(proto.getInt32DataList(), bits -> Half.toFloat(bits.shortValue()));
            case BFLOAT16 -> numbers(proto.getInt32DataList(), bits -> brain(bits.shortValue()));
            default -> numbers(proto.getInt32DataList(), Integer::doubleValue);
        };
    }

    private static <T> DoubleStream numbers(Collection<T> values, ToDoubleFunction<T> number) {
        return values.stream().mapToDouble(number);
    }

    private static float brain(short bits) {
        return Float.intBitsToFloat(bits << Short.SIZE);
    }
}
