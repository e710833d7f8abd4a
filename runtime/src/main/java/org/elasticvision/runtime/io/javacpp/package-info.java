/**
 * What JavaCPP has no public way for: what it notes of native libraries ({@code FoundLibraries}), and functions that no preset shows
 * ({@code NativeFunction}), those among them that change the environment ({@code NativeEnvironment}).
 *
 * <p>Who calls: what loads OpenCV, oneDNN and ONNX Runtime. Where to begin: {@code FoundLibraries}.
 */
@Internal
package org.elasticvision.runtime.io.javacpp;

import org.elasticvision.runtime.base.Internal;
