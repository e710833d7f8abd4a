package org.elasticvision.runtime.engine.onednn.network;

/**
 * How 8-bit codes stand for numbers: {@code (code - zero) * scale}.
 *
 * @param scale above 0
 * @param zero the code of 0
 * @param signed whether codes go from -128 to 127, else from 0 to 255
 */
public record Quantization(float scale, int zero, boolean signed) {}
