/**
 * NumPy's {@code .npy} files: {@code NpyFile} reads them whole and writes float32 arrays, {@code NpyArray} is one in memory.
 *
 * <p>Who calls: {@code elastic predict} for {@code --tensor} and {@code --logits}, and tests with golden files. Where to begin:
 * {@code NpyFile}.
 */
@Internal
package org.elasticvision.runtime.io.npy;

import org.elasticvision.runtime.base.Internal;
