/** Checks that the options of all packages share. */
package org.elasticvision.runtime.check;
