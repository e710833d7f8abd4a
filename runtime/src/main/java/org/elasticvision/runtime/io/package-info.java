/** Files that other programs read or that must never be half written: NumPy arrays, atomic replacement. */
package org.elasticvision.runtime.io;
