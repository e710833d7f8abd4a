/** Small programs that show how to embed the runtime. */
package org.elasticvision.samples;
