import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** {@code OrtSession.run} on tensors that are ready: what nobody can be faster than. Arguments: MODEL FOLDER CALLERS. */
final class Bare {
    private static final long[] SHAPE = {1, 3, 224, 224};
    private static final int ELEMENTS = 3 * 224 * 224;

    private Bare() {}

    public static void main(String[] arguments) throws Exception {
        int callers = Integer.parseInt(arguments[2]);
        int pictures = Contender.pictures(Path.of(arguments[1])).size();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        if (callers > 1) {
            options.setIntraOpNumThreads(1);
        }
        OrtSession session = environment.createSession(arguments[0], options);
        String input = session.getInputNames().iterator().next();
        ThreadLocal<OnnxTensor> tensors = ThreadLocal.withInitial(() -> tensor(environment));
        Contender.serve(
                picture -> {
                    try (OrtSession.Result result = session.run(Map.of(input, tensors.get()))) {
                        OnnxTensor output = (OnnxTensor) result.get(0);
                        return new Contender.Answer(0, output.getInfo().getNumElements());
                    }
                },
                pictures,
                callers);
    }

    private static OnnxTensor tensor(OrtEnvironment environment) {
        FloatBuffer values =
                ByteBuffer.allocateDirect(ELEMENTS * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
        for (int i = 0; i < ELEMENTS; i++) {
            values.put(i, (float) Math.sin(i));
        }
        try {
            return OnnxTensor.createTensor(environment, values, SHAPE);
        } catch (ai.onnxruntime.OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
