package org.elasticvision.convert.checkpoint.pickle.value;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network that was pickled whole. What Python would need the network's code for is not needed for its weights: every
 * {@code torch.nn.Module} keeps them in the dictionaries {@code _parameters}, {@code _buffers} and {@code _modules}.
 *
 * @param attributes of the module
 */
public record SavedModule(Map<?, ?> attributes) {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_MODULES = 100_000;
    private static final int MAX_TENSORS = 1_000_000;
    private static final int MAX_NAME = 1024;

    /** Empty if the object is not a module. */
    public static Optional<SavedModule> of(Object value) {
        if (!(value instanceof RawObject object) || !object.isCalled()) {
            return Optional.empty();
        }
        Object state = object.state();
        // Classes with __slots__ have two dictionaries.
        if (state instanceof Object[] both && both.length == 2) {
            state = both[0];
        }
        // torch.fx hands the attributes to the function that makes the module.
        if (state == null && object.arguments().length > 0) {
            state = object.arguments()[0];
        }
        return state instanceof Map<?, ?> map
                        && map.get("_parameters") instanceof Map
                        && map.get("_buffers") instanceof Map
                        && map.get("_modules") instanceof Map
                ? Optional.of(new SavedModule(map))
                : Optional.empty();
    }

    /** Tensors and what stands in their place, not converted, in the order of {@code state_dict()}. */
    public Map<String, Object> stateDict() {
        Walk walk = new Walk();
        walk.through(this, "", 0);
        return walk.tensors;
    }

    private static final class Walk {
        private final Map<String, Object> tensors = new LinkedHashMap<>();
        private int modules;

        void through(SavedModule module, String prefix, int depth) {
            modules++;
            if (depth > MAX_DEPTH || modules > MAX_MODULES || prefix.length() > MAX_NAME) {
                throw endless();
            }
            put(prefix, module.part("_parameters"), Set.of());
            Object skipped = module.attributes.get("_non_persistent_buffers_set");
            put(prefix, module.part("_buffers"), skipped instanceof Collection<?> names ? names : Set.of());
            module.part("_modules").forEach((name, value) -> {
                Optional<SavedModule> child = SavedModule.of(value);
                if (child.isPresent()) {
                    through(child.get(), prefix + name + ".", depth + 1);
                } else if (value != null) {
                    // A module that keeps its weights in another way, such as a TorchScript one.
                    put(prefix + name, value);
                }
            });
        }

        private void put(String prefix, Map<?, ?> part, Collection<?> skipped) {
            part.forEach((name, value) -> {
                if (value != null && !skipped.contains(name)) {
                    put(prefix + name, value);
                }
            });
        }

        private void put(String name, Object value) {
            if (tensors.size() == MAX_TENSORS || name.length() > MAX_NAME) {
                throw endless();
            }
            tensors.put(name, value);
        }

        private static PickleRefusal endless() {
            return new PickleRefusal(
                    "has a network whose modules contain each other without end;" + " save only model.state_dict()");
        }
    }

    private Map<?, ?> part(String name) {
        return (Map<?, ?>) attributes.get(name);
    }
}
