/** What a model file says of itself: task, labels, preprocessing, architecture, origin. */
package org.elasticvision.runtime.model;
