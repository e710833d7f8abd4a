/** How fast a model answers: a load of callers that ask it, and what they find. */
package org.elasticvision.runtime.benchmark;
