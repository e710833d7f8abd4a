package org.elasticvision.convert.checkpoint.pickle.value;

import java.util.Map;

/** What the objects are that stand where a tensor is expected, and how to save their values so that they are read. */
public final class Descriptions {
    private static final String UTILS = "torch._utils.";

    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry(UTILS + "_rebuild_sparse_tensor", "a sparse tensor; save it with .to_dense()"),
            Map.entry(UTILS + "_rebuild_sparse_csr_tensor", "a sparse tensor; save it with .to_dense()"),
            Map.entry(UTILS + "_rebuild_qtensor", "a quantized tensor; save it with .dequantize()"),
            Map.entry(UTILS + "_rebuild_nested_tensor", "a nested tensor; save its parts"),
            Map.entry(
                    UTILS + "_rebuild_meta_tensor_no_storage",
                    "a tensor of the device 'meta', which has no values; save it after loading the weights"),
            Map.entry(
                    "torch.storage._load_from_bytes",
                    "a tensor inside another pickle; save it with torch.save, not with pickle"),
            Map.entry(
                    "torch.nn.parameter.UninitializedParameter",
                    "a parameter without values; run the network once before saving it"));

    private Descriptions() {}

    /** To go on after "is". */
    public static String of(RawObject object) {
        String name = shortened(object.name());
        if (object.problem() != null) {
            return object.problem();
        }
        if (name.equals(UTILS + "_rebuild_wrapper_subclass")) {
            // The first argument is the class: a DTensor has its pieces in other processes.
            return (object.arguments().length > 0 && object.arguments()[0] instanceof RawObject type
                            ? "a tensor of Python's class '" + shortened(type.name()) + "'"
                            : "a tensor of a class of its own")
                    + ", whose values are not plain; save them with .full_tensor(), .dequantize() or the like";
        }
        if (KNOWN.containsKey(name)) {
            return KNOWN.get(name) + " (it is made by '" + name + "')";
        }
        if (name.startsWith("numpy.") && name.endsWith("._reconstruct")) {
            return "a numpy array; save it as a tensor, with torch.from_numpy(…)";
        }
        return (object.isCalled() ? "an object of Python's '" : "Python's '") + name + "'";
    }

    /** The same of something that a known function would have made of it. */
    public static String madeOf(String function, RawObject unknown) {
        String what = of(unknown);
        boolean isWrapping = function.startsWith(UTILS + "_rebuild_parameter")
                || (function.equals("torch._tensor._rebuild_from_type_v2")
                        && unknown.name().startsWith(UTILS));
        return isWrapping ? what : "made by '" + shortened(function) + "' from what is " + what;
    }

    /** Names come from the file and may be long. */
    public static String shortened(String name) {
        return name.length() > 100 ? name.substring(0, 100) + "…" : name;
    }
}
