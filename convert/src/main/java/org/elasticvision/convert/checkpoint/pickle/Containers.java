package org.elasticvision.convert.checkpoint.pickle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticvision.convert.checkpoint.pickle.value.Arguments;
import org.elasticvision.convert.checkpoint.pickle.value.Descriptions;
import org.elasticvision.convert.checkpoint.pickle.value.OddKey;
import org.elasticvision.convert.checkpoint.pickle.value.PickleRefusal;
import org.elasticvision.convert.checkpoint.pickle.value.RawObject;
import org.elasticvision.convert.checkpoint.pickle.value.Unread;

/** Filling the dictionaries, sets and lists of a pickle, in the order of the file. */
final class Containers {
    private static final int MAX_KEY = 1024;

    private Containers() {}

    /** @param entries keys and values in turn */
    static Object putAll(Object target, List<?> entries) {
        @SuppressWarnings("unchecked")
        Map<Object, Object> map =
                target instanceof RawObject object ? object.entriesToFill() : (Map<Object, Object>) target;
        for (int i = 0; i < entries.size(); i += 2) {
            map.put(key(entries.get(i)), entries.get(i + 1));
        }
        return target;
    }

    /** Adds to a list or a set. */
    static Object addAll(Object target, Collection<?> items) {
        if (target instanceof Set) {
            @SuppressWarnings("unchecked")
            Set<Object> set = (Set<Object>) target;
            items.forEach(item -> set.add(key(item)));
        } else {
            @SuppressWarnings("unchecked")
            List<Object> list = target instanceof RawObject object ? object.itemsToFill() : (List<Object>) target;
            list.addAll(items);
        }
        return target;
    }

    /** Python's dict(…): of nothing, a dictionary or a list of pairs. */
    static Object dictionary(Arguments arguments) {
        Map<Object, Object> result = new LinkedHashMap<>();
        if (arguments.size() > 0 && arguments.get(0) instanceof Map<?, ?> map) {
            result.putAll(map);
        } else if (arguments.size() > 0) {
            for (Object item : items(arguments.get(0))) {
                List<?> pair = (List<?>) items(item);
                result.put(key(pair.get(0)), pair.get(1));
            }
        }
        return result;
    }

    /** Python's set(…): of nothing or a list. */
    static Object set(Arguments arguments) {
        Set<Object> result = new LinkedHashSet<>();
        return arguments.size() > 0 ? addAll(result, items(arguments.get(0))) : result;
    }

    /** Python's list(…): of nothing or a list. */
    static Object list(Arguments arguments) {
        return arguments.size() > 0 ? new ArrayList<>(items(arguments.get(0))) : new ArrayList<>();
    }

    /** How much work it is to copy a value, roughly in pickle instructions. */
    static int size(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        if (value instanceof String text) {
            return text.length() / 16;
        }
        return value instanceof Collection || value instanceof Object[]
                ? items(value).size()
                : 0;
    }

    /**
     * A key that is quick to hash and compare: one that doubles itself a hundred times would never be done.
     */
    static Object key(Object key) {
        if (key instanceof Integer integer) {
            return integer.longValue();
        }
        if (key instanceof String text && text.length() > MAX_KEY) {
            throw PickleRefusal.damaged("a name of " + text.length() + " characters");
        }
        if (key == null
                || key instanceof String
                || key instanceof Long
                || key instanceof BigInteger
                || key instanceof Double
                || key instanceof Boolean) {
            return key;
        }
        if (key instanceof Map || key instanceof List) {
            // Python has no such keys: they can change.
            throw new PickleRefusal("has a dictionary or set with keys that are neither text nor numbers;"
                    + " save only model.state_dict()");
        }
        return new OddKey(key);
    }

    /** A list, set or tuple, not copied. */
    private static Collection<?> items(Object value) {
        if (value instanceof RawObject object) {
            throw new Unread("made of what is " + Descriptions.of(object));
        }
        return value instanceof Object[] tuple ? Arrays.asList(tuple) : (Collection<?>) value;
    }
}
