package org.elasticvision.convert.checkpoint;

import net.razorvine.pickle.PickleException;

/**
 * A class or dtype that a pickle may name but that does nothing.
 *
 * @param name dotted Python name
 * @param type for storages and dtypes their element type, else null
 */
record TypeName(String name, DType type) {
    DType storageType() {
        if (type == null) {
            throw new PickleException("damaged: '" + name + "' is not a storage");
        }
        return type;
    }
}
