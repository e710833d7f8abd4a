package org.elasticvision.samples.serve.v1;

/**
 * One of the images of a request.
 *
 * @param bytes the image file; null where it could not be read
 * @param wrong why not; null where it could
 */
@SuppressWarnings("ArrayRecordComponent") // uploads are not compared
record Upload(byte[] bytes, String wrong) {
    static Upload of(byte[] bytes) {
        return new Upload(bytes, null);
    }
}
