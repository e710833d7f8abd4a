package org.elasticvision.runtime.dataset.listing;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a symbolic link leads to. That may change without any change of the folder that the link is in.
 *
 * @param path of the link, relative to the class folder
 * @param target what it leads to
 */
record LinkState(String path, Target target) {
    /** What a link can lead to. */
    enum Target {
        FILE,
        FOLDER,
        /** To nothing, to a device, or to where nobody may look. */
        OTHER;

        static Target of(Path link) {
            return Files.isRegularFile(link) ? FILE : Files.isDirectory(link) ? FOLDER : OTHER;
        }
    }

    boolean isCurrent(Path classFolder) {
        return Target.of(classFolder.resolve(path)) == target;
    }
}
