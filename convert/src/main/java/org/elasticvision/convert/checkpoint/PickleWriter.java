package org.elasticvision.convert.checkpoint;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.Opcodes;
import org.elasticvision.convert.checkpoint.pickle.value.TensorView;
import org.elasticvision.convert.checkpoint.tensor.DType;
import org.elasticvision.convert.checkpoint.tensor.OrderedDict;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;

/**
 * Pickles plain values and tensors with protocol 2, in the words of torch.save and no others, so that PyTorch reads it with
 * {@code weights_only=True} too.
 *
 * <p>The library's own pickler is not used: what it should do for tensors and ordered dictionaries can only be registered
 * for the whole process. Not thread-safe; for one pickle.
 */
final class PickleWriter {
    private static final int PROTOCOL = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Named> tensors = new ArrayList<>();

    /**
     * A tensor of the pickle, whose place among them is the key of its storage.
     *
     * @param path to it, such as {@code state_dict.conv1.weight}
     */
    record Named(String path, SavedTensor tensor) {}

    private final CheckpointForm form;

    private PickleWriter(CheckpointForm form) {
        this.form = form;
    }

    /**
     * Pickles a value.
     *
     * @param root the value; {@link CheckpointWriter} says of what kinds
     * @param form of the file that it is for
     */
    static PickleWriter of(Object root, CheckpointForm form) {
        PickleWriter writer = new PickleWriter(form);
        writer.op(Opcodes.PROTO);
        writer.out.write(PROTOCOL);
        writer.value(root, "");
        writer.op(Opcodes.STOP);
        return writer;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    List<Named> tensors() {
        return tensors;
    }

    private void value(Object value, String path) {
        if (value == null) {
            op(Opcodes.NONE);
        } else if (value instanceof Boolean truth) {
            op(truth ? Opcodes.NEWTRUE : Opcodes.NEWFALSE);
        } else if (value instanceof Long || value instanceof Integer) {
            integer(((Number) value).longValue());
        } else if (value instanceof BigInteger number) {
            long1(number);
        } else if (value instanceof Double number) {
            op(Opcodes.BINFLOAT);
            // The one big-endian number of a pickle.
            out.writeBytes(
                    ByteBuffer.allocate(Double.BYTES).putDouble(0, number).array());
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof List<?> list) {
            list(list, path);
        } else if (value instanceof Map<?, ?> map) {
            op(Opcodes.EMPTY_DICT);
            entries(map, path);
        } else if (value instanceof OrderedDict dictionary) {
            orderedDict();
            entries(dictionary.entries(), path);
        } else if (value instanceof SavedTensor tensor) {
            tensor(new Named(path, tensor));
        } else {
            throw new IllegalArgumentException("value '" + path + "' of a checkpoint is a "
                    + value.getClass().getName() + ", which has no form in Python");
        }
    }

    private void list(List<?> list, String path) {
        op(Opcodes.EMPTY_LIST);
        op(Opcodes.MARK);
        for (int i = 0; i < list.size(); i++) {
            value(list.get(i), join(path, i));
        }
        op(Opcodes.APPENDS);
    }

    private void entries(Map<?, ?> map, String path) {
        op(Opcodes.MARK);
        map.forEach((key, value) -> {
            if (!(key instanceof String || key instanceof Long || key instanceof Integer)) {
                throw new IllegalArgumentException(
                        "key '" + key + "' of '" + path + "' in a checkpoint is neither text nor an integer");
            }
            value(key, path);
            value(value, join(path, key));
        });
        op(Opcodes.SETITEMS);
    }

    /** (storage, offset, shape, strides, requires_grad, hooks): a tensor that fills a storage of its own. */
    private void tensor(Named named) {
        SavedTensor tensor = named.tensor();
        global("torch._utils", "_rebuild_tensor_v2");
        op(Opcodes.MARK);
        op(Opcodes.MARK);
        text("storage");
        global("torch", storage(tensor.dtype()));
        text(Integer.toString(tensors.size()));
        text("cpu");
        integer(tensor.elementCount());
        if (form == CheckpointForm.LEGACY) {
            op(Opcodes.NONE); // in the place of what would make it a part of another storage
        }
        op(Opcodes.TUPLE);
        op(Opcodes.BINPERSID);
        integer(0);
        tuple(tensor.shape());
        tuple(TensorView.contiguous(tensor.shape()));
        op(Opcodes.NEWFALSE);
        orderedDict();
        op(Opcodes.TUPLE);
        op(Opcodes.REDUCE);
        tensors.add(named);
    }

    private static String storage(DType type) {
        return switch (type) {
            case FLOAT32 -> "FloatStorage";
            case FLOAT64 -> "DoubleStorage";
            case INT64 -> "LongStorage";
            case UINT8 -> "ByteStorage";
            case FLOAT16, BFLOAT16, INT8, INT16, INT32, UINT16, UINT32, BOOL, COMPLEX64, COMPLEX128 ->
                throw new IllegalArgumentException("tensors of " + type + " are not written");
        };
    }

    private void tuple(List<Long> numbers) {
        op(Opcodes.MARK);
        numbers.forEach(this::integer);
        op(Opcodes.TUPLE);
    }

    private void orderedDict() {
        global("collections", "OrderedDict");
        op(Opcodes.EMPTY_TUPLE);
        op(Opcodes.REDUCE);
    }

    private void global(String module, String name) {
        op(Opcodes.GLOBAL);
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void integer(long value) {
        if (value == (int) value) {
            op(Opcodes.BININT);
            int32((int) value);
        } else {
            long1(BigInteger.valueOf(value));
        }
    }

    private void long1(BigInteger value) {
        byte[] bigEndian = value.toByteArray();
        op(Opcodes.LONG1);
        out.write(bigEndian.length);
        for (int i = bigEndian.length - 1; i >= 0; i--) {
            out.write(bigEndian[i]);
        }
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        op(Opcodes.BINUNICODE);
        int32(utf8.length);
        out.writeBytes(utf8);
    }

    private void int32(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, value)
                .array());
    }

    private void op(short instruction) {
        out.write(instruction);
    }

    private static String join(String path, Object key) {
        return path.isEmpty() ? String.valueOf(key) : path + "." + key;
    }
}
