package org.elasticvision.convert.checkpoint;

/** Bytes of the file that have been checked to lie in it. */
record Region(long offset, long length) {}
