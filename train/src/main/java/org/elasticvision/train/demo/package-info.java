/** The demo: from nothing to trained, exported and tried models of all three tasks. */
package org.elasticvision.train.demo;
