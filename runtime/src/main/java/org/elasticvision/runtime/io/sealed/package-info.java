/**
 * Folders of what can be made again, such as optimised models: files with a checksum, found by what they were made of. Start at
 * {@link org.elasticvision.runtime.io.sealed.MadeOfModels}.
 */
@Internal
package org.elasticvision.runtime.io.sealed;

import org.elasticvision.runtime.base.Internal;
