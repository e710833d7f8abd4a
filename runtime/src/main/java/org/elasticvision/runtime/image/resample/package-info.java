/**
 * Pillow's resize to the bit, of just the part of a picture that a network sees.
 *
 * <p>{@code InputGeometry} says which part that is and where it lies in the input, {@code Taps} holds the weights of one side, {@code
 * RgbResampler} runs the pass across and then the pass down, row by row, and the preprocessor looks each sum up in a table of normalised
 * floats. Start with {@code RgbResampler}; {@code docs/images.md} says against which versions of Pillow it is checked.
 */
@Internal
package org.elasticvision.runtime.image.resample;

import org.elasticvision.runtime.base.Internal;
