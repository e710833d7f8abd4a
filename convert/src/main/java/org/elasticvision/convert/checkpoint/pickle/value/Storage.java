package org.elasticvision.convert.checkpoint.pickle.value;

/**
 * A block of elements that tensors are views of, as the pickle declares it.
 *
 * @param key what the file calls it
 * @param type of its elements, which has a size
 * @param elements how many elements of the type it holds
 */
public record Storage(String key, TypeName type, long elements) {
    public Storage {
        if (elements < 0 || elements > Long.MAX_VALUE / 16) {
            throw PickleRefusal.damaged("storage " + key + " has an impossible size, " + elements + " elements");
        }
    }

    public long bytes() {
        return elements * type.elementBytes();
    }

    /** Whether both can be said of one storage. */
    public boolean agreesWith(Storage other) {
        return elements == other.elements && type.type() == other.type.type() && bytes() == other.bytes();
    }

    /** For example {@code 4 float32}. */
    @Override
    public String toString() {
        return elements + " " + (type.type() == null ? type.name() : type.type());
    }

    /** A part of a storage: all of it, but for files of PyTorch before 0.4, where views were storages of their own. */
    public record Part(Storage whole, long firstByte, long bytes) {
        public Part {
            if (firstByte < 0 || bytes < 0 || firstByte > whole.bytes() - bytes) {
                throw PickleRefusal.damaged(
                        "a view reaches beyond storage " + whole.key() + " of " + whole.bytes() + " bytes");
            }
        }
    }
}
