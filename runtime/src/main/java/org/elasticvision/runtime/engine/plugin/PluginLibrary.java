package org.elasticvision.runtime.engine.plugin;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The library of a plug-in, found on this machine.
 *
 * @param name the word for {@code --provider}
 * @param file the library
 * @param version of the package that it came in; empty where there was none
 * @param installed whether {@link PluginStore} has it, and can remove it
 */
public record PluginLibrary(String name, Path file, Optional<String> version, boolean installed) {}
