package org.elasticvision.convert.checkpoint.pickle.value;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.elasticvision.convert.checkpoint.tensor.DType;

/** A numpy dtype, which numpy numbers come with: an accuracy computed with numpy is such a number. */
public final class NumpyType {
    private final DType type;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    /** Of numpy's code: kind and bytes, such as {@code f8}. */
    public NumpyType(String code) {
        this.type = switch (code) {
            case "f2" -> DType.FLOAT16;
            case "f4" -> DType.FLOAT32;
            case "f8" -> DType.FLOAT64;
            case "i1" -> DType.INT8;
            case "i2" -> DType.INT16;
            case "i4" -> DType.INT32;
            case "i8" -> DType.INT64;
            case "u1" -> DType.UINT8;
            case "u2" -> DType.UINT16;
            case "u4" -> DType.UINT32;
            case "b1" -> DType.BOOL;
            default ->
                throw new Unread("a numpy value of type '" + Descriptions.shortened(code) + "', which is not read");
        };
    }

    /** (version, byte order, …) */
    public void setState(Object[] state) {
        if ((state.length > 1) && ">".equals(state[1])) {
            order = ByteOrder.BIG_ENDIAN;
        }
    }

    /** Double, Long or Boolean. */
    public Object scalar(Object data) {
        // Python 2 wrote bytes as strings.
        byte[] bytes = data instanceof String text ? text.getBytes(StandardCharsets.ISO_8859_1) : (byte[]) data;
        if (bytes.length != type.bytes()) {
            throw PickleRefusal.damaged("a numpy " + type + " of " + bytes.length + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        if (type.isFloatingPoint()) {
            return type.doubleAt(buffer, 0);
        }
        return type == DType.BOOL ? (Object) (type.longAt(buffer, 0) != 0) : (Object) type.longAt(buffer, 0);
    }
}
