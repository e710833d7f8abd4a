package org.elasticvision.runtime.onnx;

import java.io.IOException;

/** Reads {@link OnnxInput}. For one thread and one input. */
final class InputFields implements ProtobufFile.Fields {
    private static final int MOST_DIMENSIONS = 64;
    private static final int FLOAT = 1;

    private final ProtobufFile in;
    private String name = "";
    private boolean isTensor;
    private long type;
    private Numbers shape;

    InputFields(ProtobufFile in) {
        this.in = in;
    }

    OnnxInput made() throws IOException {
        return new OnnxInput(name, shape == null ? null : shape.values(), isTensor && type == FLOAT);
    }

    @Override
    public void bytes(int field, long end) throws IOException {
        switch (field) {
            case 1 -> name = in.text(end);
            case 2 -> in.read(end, this::kind);
            default -> {}
        }
    }

    private void kind(int field, long end) throws IOException {
        if (field == 1) {
            isTensor = true;
            in.read(end, new TensorType());
        }
    }

    private final class TensorType implements ProtobufFile.Fields {
        @Override
        public void number(int field, long value) {
            type = field == 1 ? value : type;
        }

        @Override
        public void bytes(int field, long end) throws IOException {
            if (field == 2) {
                shape = new Numbers(MOST_DIMENSIONS);
                in.read(end, this::dimensions);
            }
        }

        private void dimensions(int field, long end) throws IOException {
            if (field == 1) {
                Dimension dimension = new Dimension();
                in.read(end, dimension);
                shape.add(dimension.length);
            }
        }
    }

    private static final class Dimension implements ProtobufFile.Fields {
        private long length = -1;

        @Override
        public void number(int field, long value) {
            length = field == 1 ? value : length;
        }

        @Override
        public void bytes(int field, long end) {
            // a name, of an open one
        }
    }
}
