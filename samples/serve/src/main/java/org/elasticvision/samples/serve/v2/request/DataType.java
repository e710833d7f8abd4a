package org.elasticvision.samples.serve.v2.request;

/** The protocol's types of elements that are used here, by its names. */
public enum DataType {
    /** Four bytes each, little endian. */
    FP32,
    /** Bytes of any number each; in binary data after their number as four bytes, little endian, in JSON as a string. */
    BYTES
}
