/**
 * What JavaCPP notes of native libraries, and has no public way to be told: {@code FoundLibraries}.
 *
 * <p>Who calls: what loads OpenCV and oneDNN from where they lie unpacked. Where to begin: {@code FoundLibraries}.
 */
@Internal
package org.elasticvision.runtime.io.javacpp;

import org.elasticvision.runtime.base.Internal;
