/** Models held against labelled data sets, by the measures that were published for them. */
package org.elasticvision.runtime.evaluation;
