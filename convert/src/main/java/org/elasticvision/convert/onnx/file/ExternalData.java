package org.elasticvision.convert.onnx.file;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ModelException;

/** Weights in files of their own beside an ONNX file, as large models have them. They are mapped, not copied. */
final class ExternalData {
    private final Path model;

    private ExternalData(Path model) {
        this.model = model;
    }

    /**
     * {@return the same model with all its weights in it}
     *
     * @param model the file that it was read from
     * @throws ModelException where weights are missing, too short, or not in the model's folder
     */
    static ModelProto resolve(Path model, ModelProto proto) {
        GraphProto graph = proto.getGraph();
        if (graph.getInitializerList().stream().noneMatch(ExternalData::isExternal)) {
            return proto;
        }
        ExternalData data = new ExternalData(model);
        GraphProto.Builder whole = graph.toBuilder().clearInitializer();
        graph.getInitializerList()
                .forEach(tensor -> whole.addInitializer(isExternal(tensor) ? data.read(tensor) : tensor));
        return proto.toBuilder().setGraph(whole).build();
    }

    private static boolean isExternal(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    }

    private TensorProto read(TensorProto tensor) {
        Map<String, String> entries = tensor.getExternalDataList().stream()
                .collect(Collectors.toMap(
                        StringStringEntryProto::getKey, StringStringEntryProto::getValue, (one, other) -> other));
        return tensor.toBuilder()
                .clearDataLocation()
                .clearExternalData()
                .setRawData(bytes(tensor.getName(), entries))
                .build();
    }

    private ByteString bytes(String tensor, Map<String, String> entries) {
        String location = entries.getOrDefault("location", "");
        try (FileChannel channel = FileChannel.open(inFolder(location))) {
            long offset = Long.parseLong(entries.getOrDefault("offset", "0"));
            long length = entries.containsKey("length")
                    ? Long.parseLong(entries.get("length"))
                    : Math.subtractExact(channel.size(), offset);
            if (offset < 0 || length < 0 || length > Integer.MAX_VALUE || offset > channel.size() - length) {
                throw new ModelException(model + ": its weights " + tensor + " are not all in " + location
                        + ", which is cut off or belongs to another model; copy both files again");
            }
            return UnsafeByteOperations.unsafeWrap(channel.map(FileChannel.MapMode.READ_ONLY, offset, length));
        } catch (IOException | NumberFormatException | ArithmeticException | InvalidPathException e) {
            throw new ModelException(
                    model + ": its weights " + tensor + " cannot be read from '" + location
                            + "'; copy both files again",
                    e);
        }
    }

    /** ONNX allows no other places, so that a model cannot name whatever file it likes. */
    private Path inFolder(String location) throws IOException {
        Path named = Path.of(location);
        if (location.isEmpty() || named.isAbsolute() || named.normalize().startsWith("..")) {
            throw new ModelException(
                    model + ": its weights are in '" + location + "', which is not beside it; save it as one file");
        }
        Path file = model.resolveSibling(named).toRealPath();
        if (!file.startsWith(model.toAbsolutePath().getParent().toRealPath())) {
            throw new ModelException(model + ": its weights are in '" + location
                    + "', a link out of its folder; copy the file there, or save it as one file");
        }
        return file;
    }
}
