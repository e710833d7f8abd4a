/** The runtime's commands: each maps options onto the library's own, runs it and prints. They are found by the service file of {@code ElasticCommand}. */
@Internal
package org.elasticvision.runtime.cli.command;

import org.elasticvision.runtime.base.Internal;
