package org.elasticvision.convert.checkpoint;

import java.nio.ByteOrder;
import java.util.Map;

/**
 * What both forms of a checkpoint come down to.
 *
 * @param root the unpickled value
 * @param storages the bytes of each
 * @param byteOrder of the storages
 */
record Contents(Object root, Map<String, StorageBytes> storages, ByteOrder byteOrder) {}
