/**
 * Video files and cameras, through OpenCV. Apart from the package around it this is the only one that touches OpenCV, and the
 * only one that loads its video library.
 */
package org.elasticvision.runtime.image.video;
