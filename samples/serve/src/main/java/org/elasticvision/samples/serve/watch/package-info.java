/**
 * Models that come, change and go while the server runs: {@code WatchedFolder} looks at a folder again and again, and opens, replaces
 * and removes what it finds in {@code queue.ServedModels}.
 */
@Internal
package org.elasticvision.samples.serve.watch;

import org.elasticvision.runtime.base.Internal;
