/**
 * Data sets in the layouts that the published evaluation reads: lists of images and what is known of them.
 *
 * <p>Only paths are listed here; images and masks are decoded by whoever goes through the list. Every list is immutable and
 * in an order that depends on the data set alone, so a result can be repeated.
 */
package org.elasticvision.runtime.dataset;
