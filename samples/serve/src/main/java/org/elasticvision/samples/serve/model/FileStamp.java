package org.elasticvision.samples.serve.model;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * By what a file is seen to be another one: its time, its size, and where there is one its number in the file system.
 */
public record FileStamp(FileTime modified, long size, Object key) {
    private static final List<String> ENDINGS = List.of(".onnx", ".engine");

    public static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    /** {@return the model files of a folder, by name} Not those in folders below, and none whose name begins with a dot. */
    public static Map<Path, FileStamp> ofModels(Path folder) throws IOException {
        Map<Path, FileStamp> stamps = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".") && ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file)) {
                    stamps.put(file, of(file));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return stamps;
    }
}
