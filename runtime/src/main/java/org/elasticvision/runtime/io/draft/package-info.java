/**
 * Files and folders that are not whole yet: what they are called, and what becomes of those that a killed process has left. Who calls:
 * {@code AtomicFile}, and whoever makes a whole folder. Where to begin: {@link org.elasticvision.runtime.io.draft.Drafts}.
 */
@Internal
package org.elasticvision.runtime.io.draft;

import org.elasticvision.runtime.base.Internal;
