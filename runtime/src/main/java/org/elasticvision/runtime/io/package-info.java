/**
 * Files that other programs read or that must never be half written, and what files are.
 *
 * <p>{@code AtomicFile} writes under a temporary name and moves the file into place when it is whole: a crash leaves
 * the old file or none. {@code FileKind} tells what was given by mistake, {@code FolderSearch} lists folders without what
 * operating systems leave in them, {@code ContentHash} and {@code FileHashes} identify files by their contents, {@code
 * UserCache} is the user's cache folder. NumPy's files are in {@code npy}.
 *
 * <p>Who calls: all packages and modules; this one knows none of them, nor any native library. Where to begin: {@code
 * AtomicFile}.
 */
@Internal
package org.elasticvision.runtime.io;

import org.elasticvision.runtime.base.Internal;
