package org.elasticvision.convert.checkpoint.file;

/** Bytes of the file that have been checked to lie in it. */
public record Region(long offset, long length) {}
