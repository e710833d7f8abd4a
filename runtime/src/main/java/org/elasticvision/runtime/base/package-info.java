/**
 * The ground floor: what every other package may use and what itself uses none of them. It holds the exceptions that callers catch
 * ({@link org.elasticvision.runtime.base.ElasticVisionException} and its kinds), the checks of arguments, the guard of native memory, and the version.
 */
package org.elasticvision.runtime.base;
