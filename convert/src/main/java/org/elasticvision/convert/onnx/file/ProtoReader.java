package org.elasticvision.convert.onnx.file;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.onnx.ModelContent;

/** Reads ONNX files of any kind as protobuf messages. The file is mapped, not copied: the heap holds the structure alone. Stateless. */
public final class ProtoReader {
    private ProtoReader() {}

    /**
     * Maps a file. Weights stay views of it, and of the files beside it that they are in.
     *
     * @param file the file, which must stay as it is meanwhile
     * @return all of it
     * @throws ModelException if it is missing or not of this format
     */
    public static ModelProto read(Path file) {
        ModelContent.check(file);
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new ModelException(
                        file
                                + ": is larger than the 2 GB that an ONNX model may have; keep its weights in a file beside it (external data)");
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            in.enableAliasing(true); // weights stay views of the file
            return ExternalData.resolve(file, ModelProto.parseFrom(in));
        } catch (InvalidProtocolBufferException e) {
            throw new ModelException(file + ": is not an ONNX model, or damaged; convert it again", e);
        } catch (IOException e) {
            throw new ModelException(
                    file + ": cannot be read (" + e.getClass().getSimpleName() + "); give an ONNX model", e);
        }
    }
}
