package org.elasticvision.samples.serve.body;

import org.elasticvision.samples.serve.http.Deadline;

/**
 * The body of a request, read whole.
 *
 * @param bytes unpacked where it was compressed
 * @param nanos that reading it took
 * @param deadline of the request
 */
@SuppressWarnings("ArrayRecordComponent") // bodies are not compared
public record Body(byte[] bytes, long nanos, Deadline deadline) {}
