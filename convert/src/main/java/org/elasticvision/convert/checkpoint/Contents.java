package org.elasticvision.convert.checkpoint;

import java.nio.ByteOrder;
import java.util.Map;

/**
 * What both forms of a checkpoint come down to.
 *
 * @param root the unpickled value
 * @param storages where each storage lies in the file
 * @param byteOrder of the storages
 */
record Contents(Object root, Map<String, Region> storages, ByteOrder byteOrder) {}
