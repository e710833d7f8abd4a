package org.elasticvision.convert.onnx.extract;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.io.AtomicFile;

/** Tensors in files of their own, as ONNX's test data has them: {@code test_data_set_0/input_0.pb} beside {@code model.onnx}. Stateless. */
public final class TensorFile {
    private TensorFile() {}

    /**
     * Writes a file whole or not at all.
     *
     * @param file the file
     * @param name of the tensor
     * @param tensor what is written
     * @throws org.elasticvision.runtime.base.ElasticVisionException if it cannot be written
     */
    public static void write(Path file, String name, Tensor tensor) {
        AtomicFile.write(file, proto(name, tensor)::writeTo);
    }

    static TensorProto proto(String name, Tensor tensor) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(tensor.values().length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.values());
        TensorProto.Builder proto =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
        for (int length : tensor.shape().toArray()) {
            proto.addDims(length);
        }
        return proto.setRawData(ByteString.copyFrom(bytes)).build();
    }
}
