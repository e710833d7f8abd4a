/** How the pixels of an image file are stored, for who wants to know what decoding leaves out: {@code StoredForm}. {@code elastic check} asks. */
@Internal
package org.elasticvision.runtime.image.form;

import org.elasticvision.runtime.base.Internal;
