package org.elasticvision.convert.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a file holds that has no state dict, in words. Stateless. */
final class OtherContents {
    private static final int SHOWN = 10;
    private static final String NUMPY = "a numpy array";

    private OtherContents() {}

    /**
     * {@return a clause such as {@code it is a list or tuple of 3}}
     *
     * @param value that was saved
     * @param root its entries, if it is a dictionary
     */
    static String describe(Object value, Map<String, Object> root) {
        if (root.isEmpty()) {
            return "it is " + kind(value);
        }
        if (root.containsKey("state_dict")) {
            return "its entry 'state_dict' is " + kind(root.get("state_dict")) + ", not named tensors";
        }
        String names = root.keySet().stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (root.size() > SHOWN ? ", …" : "");
        if (root.values().stream().allMatch(entry -> kind(entry).startsWith(NUMPY))) {
            return "its entries (" + names + ") are numpy arrays, not tensors: make tensors of them with"
                    + " torch.from_numpy(…)";
        }
        return "neither an entry 'state_dict' nor only named tensors, but [" + names + "]";
    }

    private static String kind(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Placeholder object) {
            return object.description();
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty() ? "an empty dictionary" : "a dictionary";
        }
        if (value instanceof List<?> list) {
            return "a list or tuple of " + list.size() + (list.size() == 1 ? " element" : " elements");
        }
        if (value instanceof CheckpointTensor tensor) {
            return "one tensor of shape " + tensor.shape();
        }
        return value instanceof Number || value instanceof Boolean ? "a number" : "text or bytes";
    }
}
