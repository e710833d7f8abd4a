package org.elasticvision.convert.checkpoint.pickle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.pickle.value.NumpyType;
import org.elasticvision.convert.checkpoint.pickle.value.PickleRefusal;
import org.elasticvision.convert.checkpoint.pickle.value.RawObject;
import org.elasticvision.convert.checkpoint.pickle.value.TypeName;
import org.elasticvision.convert.checkpoint.tensor.DType;

/** The Python names that mean something to the reader. All others become placeholders. */
final class Globals {
    private static final Map<String, Object> KNOWN = known();

    private Globals() {}

    /**
     * A {@link TypeName}, a {@link KnownCall}, or a {@link RawObject} for any other name.
     *
     * @throws PickleRefusal if it is a name that only a file made to do harm refers to
     */
    static Object find(String module, String name) {
        HarmfulNames.check(module, name);
        String dotted = module + "." + name;
        Object found = KNOWN.get(dotted);
        return found == null ? RawObject.named(dotted) : found;
    }

    private static Map<String, Object> known() {
        Map<String, Object> all = new HashMap<>();
        Map.ofEntries(
                        Map.entry("FloatStorage", DType.FLOAT32),
                        Map.entry("DoubleStorage", DType.FLOAT64),
                        Map.entry("HalfStorage", DType.FLOAT16),
                        Map.entry("BFloat16Storage", DType.BFLOAT16),
                        Map.entry("CharStorage", DType.INT8),
                        Map.entry("ShortStorage", DType.INT16),
                        Map.entry("IntStorage", DType.INT32),
                        Map.entry("LongStorage", DType.INT64),
                        Map.entry("ByteStorage", DType.UINT8),
                        Map.entry("BoolStorage", DType.BOOL),
                        Map.entry("ComplexFloatStorage", DType.COMPLEX64),
                        Map.entry("ComplexDoubleStorage", DType.COMPLEX128))
                .forEach((name, type) -> {
                    type(all, "torch." + name, type);
                    type(all, "torch.cuda." + name, type);
                });
        type(all, "torch.storage.UntypedStorage", DType.UINT8);
        // Quantized elements are not read, but the storages behind them lie where their sizes say.
        Map.of("QInt8Storage", 1, "QUInt8Storage", 1, "QInt32Storage", 4, "QUInt4x2Storage", 1, "QUInt2x4Storage", 1)
                .forEach((name, bytes) -> {
                    String dotted = "torch." + name;
                    all.put(dotted, new TypeName(dotted, null, bytes));
                });
        for (DType type : DType.values()) {
            type(all, "torch." + type.torchName(), type);
        }
        call(all, "torch._utils._rebuild_tensor", 4, Rebuild::tensor);
        call(all, "torch._utils._rebuild_tensor_v2", 7, Rebuild::tensor2);
        call(all, "torch._utils._rebuild_tensor_v3", 8, Rebuild::tensor3);
        call(all, "torch._utils._rebuild_parameter", 3, Rebuild::sameTensor);
        call(all, "torch._utils._rebuild_parameter_with_state", 4, Rebuild::sameTensor);
        call(all, "torch._tensor._rebuild_from_type_v2", 4, Rebuild::tensorOfType);
        // PyTorch before 0.4 called the class.
        call(all, "torch.nn.parameter.Parameter", 2, Rebuild::sameTensor);
        call(all, "torch.nn.parameter.Buffer", 2, Rebuild::sameTensor);
        call(all, "torch.autograd.variable.Variable", 2, Rebuild::sameTensor);
        type(all, "torch.Tensor", null);
        call(all, "torch.Size", 1, arguments -> new ArrayList<Object>(arguments.integers(0)));
        call(all, "torch.device", 2, PlainCalls::device);
        call(all, "collections.OrderedDict", 1, Containers::dictionary);
        call(all, "collections.Counter", 1, Containers::dictionary);
        call(all, "collections.defaultdict", 2, arguments -> Containers.dictionary(arguments.from(1)));
        call(all, "_codecs.encode", 2, PlainCalls::encode);
        for (String builtins : List.of("builtins", "__builtin__")) {
            call(all, builtins + ".set", 1, Containers::set);
            call(all, builtins + ".frozenset", 1, Containers::set);
            call(all, builtins + ".dict", 1, Containers::dictionary);
            call(all, builtins + ".list", 1, Containers::list);
            call(all, builtins + ".bytes", 0, arguments -> new byte[0]);
        }
        for (String multiarray : List.of("numpy.core.multiarray", "numpy._core.multiarray")) {
            call(all, multiarray + ".scalar", 2, arguments -> arguments
                    .get(0, NumpyType.class)
                    .scalar(arguments.get(1)));
        }
        call(all, "numpy.dtype", 3, arguments -> new NumpyType(arguments.get(0, String.class)));
        return Map.copyOf(all);
    }

    private static void call(Map<String, Object> all, String name, int most, KnownCall.Body body) {
        all.put(name, new KnownCall(name, most, body));
    }

    private static void type(Map<String, Object> all, String name, DType type) {
        all.put(name, new TypeName(name, type, type == null ? 0 : type.bytes()));
    }
}
