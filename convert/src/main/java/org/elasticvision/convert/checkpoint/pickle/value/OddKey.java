package org.elasticvision.convert.checkpoint.pickle.value;

/**
 * A key of a dictionary, or an item of a set, that is neither text nor a number, such as a tuple or a path: equal to
 * itself alone, so that a key that holds itself a hundred times over costs nothing to look up.
 */
public final class OddKey {
    private final Object value;

    public OddKey(Object value) {
        this.value = value;
    }

    public Object value() {
        return value;
    }

    /** Short whatever it holds. */
    @Override
    public String toString() {
        if (value instanceof RawObject object) {
            return object.name();
        }
        if (value instanceof TypeName type) {
            return type.name();
        }
        return value instanceof Object[] ? "tuple" : "key";
    }
}
