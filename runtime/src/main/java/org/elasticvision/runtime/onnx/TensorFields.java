package org.elasticvision.runtime.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads {@link OnnxTensor}, leaving its weights in the file. For one thread and one tensor. */
final class TensorFields implements ProtobufFile.Fields {
    private static final int MOST_DIMENSIONS = 64;

    /** Numbers that are written one by one, not as bytes: some writers do so with weights too. */
    private static final int MOST_INLINE = 1 << 28;

    private static final int EXTERNAL = 1;

    private final ProtobufFile in;
    private final Path model;
    private final Numbers shape = new Numbers(MOST_DIMENSIONS);
    private Numbers inline;
    private String name = "";
    private long type;
    private long offset = -1;
    private long length;
    private boolean isExternal;
    private String location = "";
    private long externalOffset;
    private long externalLength = -1;

    TensorFields(ProtobufFile in, Path model) {
        this.in = in;
        this.model = model;
    }

    @Override
    public void number(int field, long value) {
        switch (field) {
            case 1 -> shape.add(value);
            case 2 -> type = value;
            case 5, 7 -> inline().add(value);
            case 14 -> isExternal = value == EXTERNAL;
            default -> {}
        }
    }

    @Override
    public void fixed32(int field, int bits) {
        if (field == 4) {
            inline().add(bits);
        }
    }

    @Override
    public void bytes(int field, long end) throws IOException {
        switch (field) {
            case 1 -> shape.addAll(in.varints(end, MOST_DIMENSIONS));
            case 4 -> {
                // packed floats lie as the bytes of weights do
                offset = in.position();
                length = end - offset;
            }
            case 5, 7 -> inline().addAll(in.varints(end, MOST_INLINE));
            case 8 -> name = in.text(end);
            case 9 -> {
                offset = in.position();
                length = end - offset;
            }
            case 13 -> external(end);
            default -> {}
        }
    }

    private Numbers inline() {
        if (inline == null) {
            inline = new Numbers(MOST_INLINE);
        }
        return inline;
    }

    private void external(long end) throws IOException {
        String[] entry = {"", ""};
        in.read(end, (field, after) -> {
            if (field == 1 || field == 2) {
                entry[field - 1] = in.text(after);
            }
        });
        switch (entry[0]) {
            case "location" -> location = entry[1];
            case "offset" -> externalOffset = whole(entry[1]);
            case "length" -> externalLength = whole(entry[1]);
            default -> {}
        }
    }

    private long whole(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("the weights '" + name + "' stand at '" + text + "', which is not a number", e);
        }
    }

    OnnxTensor made() throws IOException {
        OnnxType elements = OnnxType.of(type)
                .orElseThrow(() -> new IOException("the tensor '" + name + "' is of type " + type
                        + ", which is not float, float16, int8, uint8, int16, int32 or int64"));
        long[] lengths = shape.values();
        long bytes = elements.bytes();
        for (long dimension : lengths) {
            if (dimension < 0 || dimension > Integer.MAX_VALUE) {
                throw new IOException("the tensor '" + name + "' has a dimension of " + dimension);
            }
            bytes *= dimension;
            if (bytes > Integer.MAX_VALUE) {
                throw new IOException("the tensor '" + name + "' is larger than 2 GB");
            }
        }
        return new OnnxTensor(name, elements, lengths, source(elements, bytes));
    }

    private OnnxTensor.Source source(OnnxType elements, long bytes) throws IOException {
        if (isExternal) {
            return beside(bytes);
        }
        if (offset >= 0) {
            require(length == bytes);
            return new OnnxTensor.InFile(model, offset);
        }
        long[] numbers = inline == null ? new long[0] : inline.values();
        require(numbers.length * (long) elements.bytes() == bytes);
        ByteBuffer buffer = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            switch (elements.bytes()) {
                case 1 -> buffer.put((byte) number);
                case 2 -> buffer.putShort((short) number);
                case 4 -> buffer.putInt((int) number);
                default -> buffer.putLong(number);
            }
        }
        return new OnnxTensor.InMemory(buffer.flip());
    }

    private OnnxTensor.Source beside(long bytes) throws IOException {
        try {
            Path folder = model.toAbsolutePath().normalize().getParent();
            Path file = folder.resolve(location).normalize();
            if (!file.startsWith(folder)) {
                throw new IOException(
                        "the weights '" + name + "' are in '" + location + "', outside of the model's folder");
            }
            if (!Files.isRegularFile(file)) {
                throw new IOException("the weights '" + name + "' are in '" + location + "', which does not exist");
            }
            if (!file.toRealPath().startsWith(folder.toRealPath())) { // through a symbolic link
                throw new IOException(
                        "the weights '" + name + "' are in '" + location + "', a link out of the model's folder");
            }
            require(externalOffset >= 0
                    && (externalLength < 0 || externalLength == bytes)
                    && externalOffset <= Files.size(file) - bytes);
            return new OnnxTensor.InFile(file, externalOffset);
        } catch (InvalidPathException e) {
            throw new IOException("the weights '" + name + "' are in '" + location + "', which is not a file", e);
        }
    }

    private void require(boolean fits) throws IOException {
        if (!fits) {
            throw new IOException("the tensor '" + name + "' has not as many bytes as its shape asks for");
        }
    }
}
