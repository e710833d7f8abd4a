package org.elasticvision.convert.checkpoint.tensor;

import java.nio.ByteOrder;
import java.util.Map;
import org.elasticvision.convert.checkpoint.file.StorageBytes;

/**
 * What both forms of a checkpoint come down to.
 *
 * @param root the unpickled value
 * @param storages the bytes of each
 * @param byteOrder of the storages
 */
public record Contents(Object root, Map<String, StorageBytes> storages, ByteOrder byteOrder) {}
