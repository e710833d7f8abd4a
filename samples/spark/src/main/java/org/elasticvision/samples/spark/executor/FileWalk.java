package org.elasticvision.samples.spark.executor;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files in a folder and, if asked, in its folders, as {@link FileSystem#listFiles} gives them. That one asks for the permissions of each, for
 * which Hadoop starts a process a file where the files are on a disk and its native library is not there.
 */
final class FileWalk implements RemoteIterator<FileStatus> {
    private final FileSystem files;
    private final boolean recursive;
    private final Deque<RemoteIterator<FileStatus>> open = new ArrayDeque<>();
    private FileStatus next;

    FileWalk(FileSystem files, Path folder, boolean recursive) throws IOException {
        this.files = files;
        this.recursive = recursive;
        open.push(files.listStatusIterator(folder));
    }

    @Override
    public boolean hasNext() throws IOException {
        while (next == null && !open.isEmpty()) {
            if (!open.peek().hasNext()) {
                open.pop();
                continue;
            }
            FileStatus found = open.peek().next();
            if (found.isFile()) {
                next = found;
            } else if (recursive && found.isDirectory()) {
                open.push(files.listStatusIterator(found.getPath()));
            }
        }
        return next != null;
    }

    @Override
    public FileStatus next() throws IOException {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        FileStatus file = next;
        next = null;
        return file;
    }
}
