package org.elasticvision.train.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;

/**
 * TensorFlow's {@code Event} messages, as far as TensorBoard needs them for scalars and texts. The field numbers are those of {@code
 * tensorflow/core/util/event.proto} and of {@code summary.proto}, {@code tensor.proto} and {@code tensor_shape.proto} in {@code
 * tensorflow/core/framework}.
 */
final class EventMessages {
    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int EVENT_SESSION_LOG = 7;
    private static final int SESSION_LOG_STATUS = 1;
    private static final long SESSION_START = 1;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;
    private static final int VALUE_TENSOR = 8;
    private static final int VALUE_METADATA = 9;
    private static final int METADATA_PLUGIN = 1;
    private static final int PLUGIN_NAME = 1;
    private static final int TENSOR_TYPE = 1;
    private static final int TENSOR_SHAPE = 2;
    private static final int TENSOR_STRING = 8;
    private static final long TYPE_STRING = 7;
    private static final int SHAPE_DIMENSION = 2;
    private static final int DIMENSION_SIZE = 1;

    private EventMessages() {}

    /** The first event of each file. */
    static UnknownFieldSet fileVersion() {
        return event(0).addField(EVENT_FILE_VERSION, text("brain.Event:2")).build();
    }

    /** Everything from a step on is going to come anew: TensorBoard then drops what earlier files have of it. */
    static UnknownFieldSet start(long step) {
        return event(step)
                .addField(
                        EVENT_SESSION_LOG,
                        message(UnknownFieldSet.newBuilder().addField(SESSION_LOG_STATUS, number(SESSION_START))))
                .build();
    }

    /** A figure, which TensorBoard keeps in float32. */
    static UnknownFieldSet scalar(String tag, long step, double value) {
        Field simple = Field.newBuilder()
                .addFixed32(Float.floatToRawIntBits((float) value))
                .build();
        return summary(step, tag, UnknownFieldSet.newBuilder().addField(VALUE_SIMPLE, simple));
    }

    /** A text in Markdown. */
    static UnknownFieldSet text(String tag, long step, String markdown) {
        UnknownFieldSet.Builder shape = UnknownFieldSet.newBuilder()
                .addField(SHAPE_DIMENSION, message(UnknownFieldSet.newBuilder().addField(DIMENSION_SIZE, number(1))));
        UnknownFieldSet.Builder tensor = UnknownFieldSet.newBuilder()
                .addField(TENSOR_TYPE, number(TYPE_STRING))
                .addField(TENSOR_SHAPE, message(shape))
                .addField(TENSOR_STRING, text(markdown));
        return summary(
                step,
                tag,
                UnknownFieldSet.newBuilder()
                        .addField(VALUE_TENSOR, message(tensor))
                        .addField(VALUE_METADATA, plugin("text")));
    }

    private static Field plugin(String name) {
        return message(UnknownFieldSet.newBuilder()
                .addField(METADATA_PLUGIN, message(UnknownFieldSet.newBuilder().addField(PLUGIN_NAME, text(name)))));
    }

    private static UnknownFieldSet summary(long step, String tag, UnknownFieldSet.Builder value) {
        value.addField(VALUE_TAG, text(tag));
        return event(step)
                .addField(EVENT_SUMMARY, message(UnknownFieldSet.newBuilder().addField(SUMMARY_VALUE, message(value))))
                .build();
    }

    private static UnknownFieldSet.Builder event(long step) {
        double seconds = System.currentTimeMillis() / 1e3;
        return UnknownFieldSet.newBuilder()
                .addField(
                        EVENT_WALL_TIME,
                        Field.newBuilder()
                                .addFixed64(Double.doubleToRawLongBits(seconds))
                                .build())
                .addField(EVENT_STEP, number(step));
    }

    private static Field number(long value) {
        return Field.newBuilder().addVarint(value).build();
    }

    private static Field text(String value) {
        return Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(value))
                .build();
    }

    private static Field message(UnknownFieldSet.Builder value) {
        return Field.newBuilder()
                .addLengthDelimited(value.build().toByteString())
                .build();
    }
}
