package org.elasticvision.convert.checkpoint;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.file.CheckpointFile;
import org.elasticvision.convert.checkpoint.pickle.KnownCall;
import org.elasticvision.convert.checkpoint.pickle.value.NumpyType;
import org.elasticvision.convert.checkpoint.pickle.value.OddKey;
import org.elasticvision.convert.checkpoint.pickle.value.PickleRefusal;
import org.elasticvision.convert.checkpoint.pickle.value.RawObject;
import org.elasticvision.convert.checkpoint.pickle.value.SavedModule;
import org.elasticvision.convert.checkpoint.pickle.value.Storage;
import org.elasticvision.convert.checkpoint.pickle.value.TensorView;
import org.elasticvision.convert.checkpoint.pickle.value.TypeName;
import org.elasticvision.convert.checkpoint.tensor.Contents;

/** Turns what the unpickler made into unmodifiable plain Java values, and tensor views into tensors with names. */
public final class PlainValues {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_PATH = 300;
    private static final long MAX_VALUES = 16_000_000;

    /** @param count values in it, each counted as often as it is reached */
    private record Plain(Object value, long count) {}

    private static final Plain IN_PROGRESS = new Plain(null, -1);

    private final CheckpointFile file;
    private final Contents contents;

    PlainValues(CheckpointFile file, Contents contents) {
        this.file = file;
        this.contents = contents;
    }

    /** The value of the whole file. */
    Object root() {
        return value(contents.root(), "");
    }

    Object value(Object raw, String path) {
        return new Conversion().convert(raw, path, 0).value;
    }

    List<Object> list(Object[] raw, String path) {
        return new Conversion().items(Arrays.asList(raw), path, 0);
    }

    /** The state dict of a network that was saved whole. */
    Map<String, Object> module(SavedModule module, String path) {
        Map<String, Object> tensors;
        try {
            tensors = module.stateDict();
        } catch (PickleRefusal e) {
            throw file.problem(e.getMessage());
        }
        Conversion conversion = new Conversion();
        long[] count = {0};
        tensors.replaceAll((name, value) -> {
            Plain plain = conversion.convert(value, join(path, name), 0);
            count[0] += plain.count;
            if (count[0] > MAX_VALUES) {
                throw tooMany();
            }
            return plain.value;
        });
        return Collections.unmodifiableMap(tensors);
    }

    /** One tree of values: whatever is reached twice is converted once. */
    private final class Conversion {
        private final IdentityHashMap<Object, Plain> containers = new IdentityHashMap<>();

        private Plain convert(Object value, String path, int depth) {
            if (value instanceof RawObject object && (object.entries() != null || object.items() != null)) {
                // A dictionary or list of a class of its own.
                return convert(object.entries() != null ? object.entries() : object.items(), path, depth);
            }
            if (!(value instanceof Map || value instanceof Collection || value instanceof Object[])) {
                return new Plain(leaf(value, path), 1);
            }
            Plain known = containers.get(value);
            if ((known != null && known.count < 0) || depth > MAX_DEPTH) {
                throw file.problem("its value '" + path + "' contains itself or is nested more than " + MAX_DEPTH
                        + " deep; save only model.state_dict()");
            }
            if (known != null) {
                return known;
            }
            containers.put(value, IN_PROGRESS);
            Plain plain = value instanceof Map<?, ?> map
                    ? map(map, path, depth)
                    : list(value instanceof Collection<?> items ? items : Arrays.asList((Object[]) value), path, depth);
            if (plain.count > MAX_VALUES) {
                // Lists of lists that share their parts: short in the file, endless for whoever walks through them.
                throw tooMany();
            }
            containers.put(value, plain);
            return plain;
        }

        private Plain map(Map<?, ?> source, String path, int depth) {
            Map<Object, Object> result = new LinkedHashMap<>();
            long count = 1;
            for (Map.Entry<?, ?> entry : source.entrySet()) {
                Plain plain = convert(entry.getValue(), join(path, entry.getKey()), depth + 1);
                count += plain.count;
                // The root's keys are promised to be text.
                Object key = entry.getKey() instanceof OddKey odd ? leaf(odd, path) : entry.getKey();
                result.put(depth == 0 ? String.valueOf(key) : key, plain.value);
            }
            return new Plain(Collections.unmodifiableMap(result), count);
        }

        private Plain list(Collection<?> source, String path, int depth) {
            List<Object> result = new ArrayList<>(source.size());
            long count = 1;
            for (Object item : source) {
                Plain plain = convert(item, join(path, result.size()), depth + 1);
                count += plain.count;
                result.add(plain.value);
            }
            return new Plain(Collections.unmodifiableList(result), count);
        }

        @SuppressWarnings("unchecked")
        List<Object> items(Collection<?> source, String path, int depth) {
            return (List<Object>) list(source, path, depth).value;
        }
    }

    private Object leaf(Object value, String path) {
        if (value instanceof TensorView view) {
            return new CheckpointTensor(
                    file, path, view, contents.storages().get(view.storage()), contents.byteOrder());
        }
        if (value instanceof Integer integer) {
            return integer.longValue();
        }
        if (value instanceof TypeName type) {
            return type.name();
        }
        if (value instanceof OddKey key) {
            return key.value() instanceof Object[] || key.value() instanceof Collection
                    ? new Placeholder(this, RawObject.made("builtins." + key, new Object[] {key.value()}), path)
                    : leaf(key.value(), path);
        }
        if (value instanceof RawObject object) {
            return new Placeholder(this, object, path);
        }
        if (value instanceof KnownCall call) {
            return new Placeholder(this, RawObject.named(call.name()), path);
        }
        if (value instanceof NumpyType) {
            return new Placeholder(this, RawObject.named("numpy.dtype"), path);
        }
        if (value == null
                || value instanceof Long
                || value instanceof BigInteger
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof String
                || value instanceof byte[]) {
            return value;
        }
        if (value instanceof Storage.Part part) {
            String name = part.whole().type().name();
            return new Placeholder(this, RawObject.unread(name, new Object[0], "a bare storage; save tensors"), path);
        }
        throw file.problem("damaged: its value '" + path + "' is not data; download it again");
    }

    /** Long paths end where they are long enough to find the place. */
    private static String join(String path, Object key) {
        if (path.length() > MAX_PATH) {
            return path;
        }
        return path.isEmpty() ? String.valueOf(key) : path + "." + key;
    }

    private CheckpointException tooMany() {
        return file.problem("holds more values than any network needs; save only model.state_dict()");
    }
}
