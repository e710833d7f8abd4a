package org.elasticvision.convert.checkpoint.pickle;

import java.util.Map;
import org.elasticvision.convert.checkpoint.pickle.value.Arguments;
import org.elasticvision.convert.checkpoint.pickle.value.PickleRefusal;
import org.elasticvision.convert.checkpoint.pickle.value.Storage;
import org.elasticvision.convert.checkpoint.pickle.value.TensorView;
import org.elasticvision.convert.checkpoint.pickle.value.TypeName;
import org.elasticvision.convert.checkpoint.pickle.value.Unread;
import org.elasticvision.convert.checkpoint.tensor.DType;

/**
 * The functions of {@code torch._utils} that make tensors. Of their arguments, {@code requires_grad} and the hooks (which
 * are about gradients) have no say in the values and are passed over, as are a tensor's Python class and attributes; all
 * others are honoured or the tensor is not read.
 */
final class Rebuild {
    private Rebuild() {}

    /** (storage, offset, size, stride) */
    static Object tensor(Arguments arguments) {
        return view(arguments, type(arguments), false);
    }

    /** (storage, offset, size, stride, requires_grad, hooks[, metadata]) */
    static Object tensor2(Arguments arguments) {
        DType type = type(arguments);
        return view(arguments, type, isNegative(arguments, 6, type));
    }

    /** (storage, offset, size, stride, requires_grad, hooks, dtype[, metadata]): the types without a storage class. */
    static Object tensor3(Arguments arguments) {
        DType type = type(arguments.get(6, TypeName.class));
        return view(arguments, type, isNegative(arguments, 7, type));
    }

    /** (tensor, …) */
    static Object sameTensor(Arguments arguments) {
        return arguments.get(0, TensorView.class);
    }

    /** (function, type, arguments, state) */
    static Object tensorOfType(Arguments arguments) {
        KnownCall call = arguments.get(0, KnownCall.class);
        if (!call.name().startsWith("torch._utils._rebuild_")) {
            throw PickleRefusal.damaged("makes a tensor with '" + call.name() + "'");
        }
        return call.construct(arguments.get(2, Object[].class));
    }

    private static TensorView view(Arguments arguments, DType type, boolean negative) {
        return TensorView.of(
                arguments.get(0, Storage.Part.class),
                type,
                arguments.integer(1),
                arguments.integers(2),
                arguments.integers(3),
                negative);
    }

    private static DType type(Arguments arguments) {
        return type(arguments.get(0, Storage.Part.class).whole().type());
    }

    private static DType type(TypeName type) {
        if (type.storage().type() == null) {
            throw new Unread("a tensor over '" + type.name() + "', which is not read; save it with .dequantize()");
        }
        return type.type();
    }

    /** Whether the values are the stored ones with the other sign, as the imaginary part of a conjugate has them. */
    private static boolean isNegative(Arguments arguments, int index, DType type) {
        if (arguments.size() <= index || arguments.get(index) == null) {
            return false;
        }
        boolean negative = false;
        Map<?, ?> marks = arguments.get(index, Map.class);
        for (Map.Entry<?, ?> entry : marks.entrySet()) {
            if (Boolean.FALSE.equals(entry.getValue())) {
                continue;
            }
            // The values of a complex tensor are not given out anyway.
            boolean conjugate = "conj".equals(entry.getKey()) && type.isComplex();
            boolean negation = "neg".equals(entry.getKey()) && Boolean.TRUE.equals(entry.getValue());
            if (!conjugate && !(negation && (type.isFloatingPoint() || type.isComplex()))) {
                throw new Unread("a tensor with the mark '" + entry.getKey() + "', which is not read;"
                        + " save it with .resolve_conj().resolve_neg().clone()");
            }
            negative |= negation;
        }
        return negative;
    }
}
