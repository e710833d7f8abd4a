package org.elasticvision.convert.cli;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Models as other tools leave them. */
final class RewrittenModel {
    /** ONNX's own tools leave smaller ones, such as shapes, where they are. */
    private static final int THRESHOLD = 1024;

    private RewrittenModel() {}

    /** Moves the weights into a file beside it, as {@code onnx.save_model(…, save_as_external_data=True)} does; returns that. */
    static Path withWeightsApart(Path model, Path written, String location) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ModelProto.Builder proto = ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder();
        for (TensorProto.Builder tensor : proto.getGraphBuilder().getInitializerBuilderList()) {
            ByteString raw = tensor.getRawData();
            if (raw.size() < THRESHOLD) {
                continue;
            }
            tensor.clearRawData()
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(entry("location", location))
                    .addExternalData(entry("offset", Integer.toString(data.size())))
                    .addExternalData(entry("length", Integer.toString(raw.size())));
            raw.writeTo(data);
        }
        Files.write(written, proto.build().toByteArray());
        return Files.write(written.resolveSibling(location), data.toByteArray());
    }

    /** Makes the first of some weights no number. */
    static Path withNotANumber(Path model, Path written, String weights) throws IOException {
        ModelProto.Builder proto = ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder();
        GraphProto.Builder graph = proto.getGraphBuilder();
        TensorProto.Builder tensor = graph.getInitializerBuilderList().stream()
                .filter(one -> one.getName().equals(weights))
                .findFirst()
                .orElseThrow();
        byte[] raw = tensor.getRawData().toByteArray();
        ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).putFloat(Float.NaN);
        tensor.setRawData(ByteString.copyFrom(raw));
        return Files.write(written, proto.build().toByteArray());
    }

    static Path withIrVersion(Path model, Path written, long version) throws IOException {
        ModelProto.Builder proto = ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder();
        return Files.write(written, proto.setIrVersion(version).build().toByteArray());
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
