/** Many images through one model: by several threads, in order, a bad one failing alone. What streams and batchers share. */
package org.elasticvision.runtime.bulk;
