package org.elasticvision.convert.checkpoint.pickle.value;

import org.elasticvision.convert.checkpoint.tensor.DType;

/**
 * A class or dtype that the reader knows but that does nothing.
 *
 * @param name dotted Python name
 * @param type for storages and dtypes their element type; null where there is none or it is not read
 * @param elementBytes for storages and dtypes the size of an element, else 0
 */
public record TypeName(String name, DType type, int elementBytes) {
    public TypeName storage() {
        if (elementBytes == 0) {
            throw new PickleRefusal("damaged: '" + name + "' is not a storage");
        }
        return this;
    }
}
