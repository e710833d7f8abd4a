/**
 * A drawing of a network: one self-contained SVG file. Begin at {@link org.elasticvision.runtime.onnx.drawing.NetworkDrawing}: it groups layers
 * into blocks by their names ({@code DrawnBlock}), places the layers of each in rows and lanes ({@code BlockLayout}), routes what flows between
 * them through the room beside boxes ({@code Router}), and stacks the blocks in columns. {@code elastic inspect --graph} writes it.
 */
@Internal
package org.elasticvision.runtime.onnx.drawing;

import org.elasticvision.runtime.base.Internal;
