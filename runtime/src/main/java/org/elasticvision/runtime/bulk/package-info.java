/** Many images through one model: by several threads, in order, a bad one failing alone. */
package org.elasticvision.runtime.bulk;
