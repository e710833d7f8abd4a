package org.elasticvision.convert.checkpoint;

/**
 * A block of elements that tensors are views of, as the pickle declares it.
 *
 * @param key what the file calls it
 * @param elements how many elements of the type it holds
 */
record Storage(String key, DType type, long elements) {
    Storage {
        if (elements < 0 || elements > Long.MAX_VALUE / 16) {
            throw PickleRefusal.damaged("storage " + key + " has an impossible size, " + elements + " elements");
        }
    }

    long bytes() {
        return elements * type.bytes();
    }

    /** A part of a storage: all of it, but for files of PyTorch before 0.4, where views were storages of their own. */
    record Part(Storage whole, long firstByte, long bytes) {
        Part {
            if (firstByte < 0 || bytes < 0 || firstByte > whole.bytes() - bytes) {
                throw PickleRefusal.damaged(
                        "a view reaches beyond storage " + whole.key() + " of " + whole.bytes() + " bytes");
            }
        }
    }
}
