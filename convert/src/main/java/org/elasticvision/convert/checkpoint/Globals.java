package org.elasticvision.convert.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.razorvine.pickle.IObjectConstructor;

/** The Python names that a checkpoint may refer to: all that there are. */
final class Globals {
    private static final Map<String, Object> ALLOWED = allowed();

    private Globals() {}

    /** A {@link TypeName}, or an {@link IObjectConstructor} for what can be called. */
    static Object find(String module, String name) {
        Object found = ALLOWED.get(module + "." + name);
        if (found == null) {
            throw refused(module, name);
        }
        return found;
    }

    static PickleRefusal refused(String module, String name) {
        String dotted = module + "." + name;
        return new PickleRefusal("refers to '" + (dotted.length() > 100 ? dotted.substring(0, 100) + "…" : dotted)
                + "', which is more than tensors need and could run code: refused, nothing was run;"
                + " in Python, save only model.state_dict()");
    }

    private static Map<String, Object> allowed() {
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
        for (DType type : DType.values()) {
            type(all, "torch." + type.torchName(), type);
        }
        for (String name : List.of("torch.Tensor", "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer")) {
            type(all, name, null);
        }
        call(all, "torch._utils._rebuild_tensor", Globals::tensor);
        call(all, "torch._utils._rebuild_tensor_v2", Globals::tensor);
        call(all, "torch._utils._rebuild_tensor_v3", Globals::typedTensor);
        call(all, "torch._utils._rebuild_parameter", Globals::sameTensor);
        call(all, "torch._utils._rebuild_parameter_with_state", Globals::sameTensor);
        call(all, "torch._tensor._rebuild_from_type_v2", Globals::tensorOfType);
        call(all, "torch.Size", arguments -> new ArrayList<Object>(arguments.integers(0)));
        call(all, "torch.device", Globals::device);
        call(all, "collections.OrderedDict", Containers::dictionary);
        call(all, "collections.Counter", Containers::dictionary);
        call(all, "collections.defaultdict", arguments -> new LinkedHashMap<>());
        call(all, "_codecs.encode", Globals::encode);
        for (String builtins : List.of("builtins", "__builtin__")) {
            call(all, builtins + ".set", Containers::set);
            call(all, builtins + ".frozenset", Containers::set);
            call(all, builtins + ".dict", Containers::dictionary);
            call(all, builtins + ".list", arguments -> new ArrayList<>());
            call(all, builtins + ".bytes", arguments -> new byte[0]);
        }
        for (String multiarray : List.of("numpy.core.multiarray", "numpy._core.multiarray")) {
            call(all, multiarray + ".scalar", arguments -> arguments
                    .get(0, NumpyType.class)
                    .scalar(arguments.get(1)));
        }
        call(all, "numpy.dtype", arguments -> new NumpyType(arguments.get(0, String.class)));
        return Map.copyOf(all);
    }

    private record Call(String name, Function<Arguments, Object> body) implements IObjectConstructor {
        @Override
        public Object construct(Object[] values) {
            return body.apply(new Arguments(name, values));
        }
    }

    private static void call(Map<String, Object> all, String name, Function<Arguments, Object> body) {
        all.put(name, new Call(name, body));
    }

    private static void type(Map<String, Object> all, String name, DType type) {
        all.put(name, new TypeName(name, type));
    }

    private static Object tensor(Arguments arguments) {
        Storage.Part part = arguments.get(0, Storage.Part.class);
        return tensor(arguments, part.whole().type());
    }

    /** (storage, offset, size, stride, requires_grad, hooks, dtype, …): the types that have no storage of their own. */
    private static Object typedTensor(Arguments arguments) {
        return tensor(arguments, arguments.get(6, TypeName.class).storageType());
    }

    private static Object tensor(Arguments arguments, DType type) {
        return TensorView.of(
                arguments.get(0, Storage.Part.class),
                type,
                arguments.integer(1),
                arguments.integers(2),
                arguments.integers(3));
    }

    private static Object sameTensor(Arguments arguments) {
        return arguments.get(0, TensorView.class);
    }

    /** (function, type, arguments, state): a tensor with attributes of its own, which are left out. */
    private static Object tensorOfType(Arguments arguments) {
        Call call = arguments.get(0, Call.class);
        if (!call.name.startsWith("torch._utils._rebuild_")) {
            throw PickleRefusal.damaged("makes a tensor with '" + call.name + "'");
        }
        return call.construct(arguments.get(2, Object[].class));
    }

    private static Object device(Arguments arguments) {
        String kind = arguments.get(0, String.class);
        return arguments.size() > 1 ? kind + ":" + arguments.integer(1) : kind;
    }

    /** How bytes look before protocol 3: _codecs.encode(text, 'latin1'). */
    private static Object encode(Arguments arguments) {
        if (!arguments.get(1).equals("latin1")) {
            throw PickleRefusal.damaged("bytes in an encoding other than latin1");
        }
        return arguments.get(0, String.class).getBytes(StandardCharsets.ISO_8859_1);
    }
}
