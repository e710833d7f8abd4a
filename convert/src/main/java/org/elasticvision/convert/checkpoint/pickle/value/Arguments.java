package org.elasticvision.convert.checkpoint.pickle.value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A tuple of a pickle, whose parts are checked as they are taken. */
public final class Arguments {
    /** PyTorch's own limit. */
    private static final int MAX_DIMENSIONS = 64;

    private static final Object[] NONE = {};

    private final String what;
    private final Object[] values;

    public Arguments(String what, Object[] values) {
        this.what = what;
        this.values = values;
    }

    public int size() {
        return values.length;
    }

    public Object get(int index) {
        if (index >= values.length) {
            throw new PickleRefusal(
                    "damaged: " + what + " has " + values.length + " parts, " + (index + 1) + " are needed");
        }
        return values[index];
    }

    public <T> T get(int index, Class<T> type) {
        Object value = get(index);
        if (!type.isInstance(value)) {
            throw wrong(index);
        }
        return type.cast(value);
    }

    /** The arguments without the first ones. */
    public Arguments from(int index) {
        return new Arguments(what, index < values.length ? Arrays.copyOfRange(values, index, values.length) : NONE);
    }

    public long integer(int index) {
        return integer(index, get(index));
    }

    /** A shape or the like. */
    public List<Long> integers(int index) {
        Object value = get(index);
        List<?> list = value instanceof Object[] tuple ? Arrays.asList(tuple) : get(index, ArrayList.class);
        if (list.size() > MAX_DIMENSIONS) {
            throw new PickleRefusal("damaged: " + what + " has a shape of " + list.size() + " dimensions");
        }
        return list.stream().map(item -> integer(index, item)).toList();
    }

    private long integer(int index, Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger) {
            throw new PickleRefusal("damaged: " + what + " has a number that is larger than any file");
        }
        throw wrong(index);
    }

    private PickleRefusal wrong(int index) {
        return new PickleRefusal("damaged: part " + (index + 1) + " of " + what + " is of the wrong kind");
    }
}
