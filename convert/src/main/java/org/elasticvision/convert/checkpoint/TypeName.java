package org.elasticvision.convert.checkpoint;

/**
 * A class or dtype that a pickle may name but that does nothing.
 *
 * @param name dotted Python name
 * @param type for storages and dtypes their element type, else null
 */
record TypeName(String name, DType type) {
    DType storageType() {
        if (type == null) {
            throw new PickleRefusal("damaged: '" + name + "' is not a storage");
        }
        return type;
    }
}
