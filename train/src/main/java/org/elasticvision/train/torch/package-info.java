/** Networks run and trained by LibTorch: the only package that knows it. */
package org.elasticvision.train.torch;
