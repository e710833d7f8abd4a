package org.elasticvision.runtime.io.name;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Names of files. Stateless. */
public final class FileNames {
    private FileNames() {}

    /**
     * {@return the same path for all ways to name one file: links are followed, to its folder alone where it does not exist yet}
     *
     * @param file any path
     */
    public static Path place(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) { // it is not there yet
            Path absolute = file.toAbsolutePath().normalize();
            return Optional.ofNullable(absolute.getParent())
                    .filter(Files::isDirectory)
                    .map(parent -> place(parent).resolve(absolute.getFileName()))
                    .orElse(absolute);
        }
    }

    /**
     * {@return the last name without its ending: {@code photo} of {@code a/photo.jpg}; a name that only begins with a dot is whole}
     *
     * @param file any path
     */
    public static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /**
     * {@return the part of a file's path that is below a folder, with slashes; the whole name where it is not in it}
     *
     * @param folder the folder
     * @param name of the file, which need not be a path
     */
    public static String below(Path folder, String name) {
        try {
            Path file = Path.of(name);
            return file.startsWith(folder) && !file.equals(folder)
                    ? folder.relativize(file).toString().replace(File.separatorChar, '/')
                    : name;
        } catch (InvalidPathException e) {
            return name;
        }
    }
}
