package org.elasticvision.runtime.dataset.listing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.elasticvision.runtime.dataset.layout.DataFiles;
import org.elasticvision.runtime.io.FolderSearch;

/**
 * One way through a class folder and all folders in it, links followed. Hidden folders and what operating systems leave are
 * searched, so that what cannot be read is an error everywhere, but their images do not count.
 */
final class ClassWalk implements FileVisitor<Path> {
    private final Path root;
    private final Set<String> extensions;
    private final long began;
    private final List<FolderState> folders = new ArrayList<>();
    private final List<LinkState> links = new ArrayList<>();
    /** By folder, in torchvision's order. */
    private final Map<String, List<Name>> names = new TreeMap<>(DataFiles.CODE_POINT_ORDER);
    /** Whether names become other ones when Java writes what it has read. */
    private boolean unnameable;

    private final Deque<Open> open = new ArrayDeque<>();

    /** An image's, in UTF-8. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content where it is sorted
    private record Name(byte[] text, boolean isLink) {}

    /** A folder whose entries are being read. */
    private static final class Open {
        private final FolderState state;
        private final boolean counts;
        private int entries;

        Open(FolderState state, boolean counts) {
            this.state = state;
            this.counts = counts;
        }
    }

    private ClassWalk(Path root, Set<String> extensions) {
        this.root = root;
        this.extensions = extensions;
        Instant now = Instant.now();
        this.began = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /**
     * Lists a class folder.
     *
     * @param folder the folder
     * @param extensions of images, in lower case, without a dot
     * @throws IOException if a folder cannot be read, or a link leads back to a folder that it is in
     */
    static ClassListing list(Path folder, Set<String> extensions) throws IOException {
        ClassWalk walk = new ClassWalk(folder, extensions);
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
        return walk.listing(walk.unnameable ? inOrder(FolderSearch.files(folder, extensions)) : List.of());
    }

    private static List<Path> inOrder(List<Path> files) {
        return files.stream()
                .sorted(Comparator.comparing(
                                (Path file) -> String.valueOf(file.getParent()), DataFiles.CODE_POINT_ORDER)
                        .thenComparing(ClassWalk::name, DataFiles.CODE_POINT_ORDER))
                .toList();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        boolean counts = true;
        if (!open.isEmpty()) {
            open.element().entries++;
            if (Files.isSymbolicLink(folder)) {
                noteLink(folder);
            }
            counts = open.element().counts && !FolderSearch.isPassedOver(name(folder));
        }
        unnameable |= !canWrite(folder);
        open.push(new Open(FolderState.before(folder, relative(folder)), counts));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        Open folder = open.element();
        folder.entries++;
        String name = name(file);
        boolean link = Files.isSymbolicLink(file);
        if (folder.counts
                && attributes.isRegularFile()
                && FolderSearch.hasExtension(name, extensions)
                && !FolderSearch.isPassedOver(name)) {
            unnameable |= !canWrite(file);
            names.computeIfAbsent(folder.state.path(), path -> new ArrayList<>())
                    .add(new Name(name.getBytes(StandardCharsets.UTF_8), link));
        } else if (link) {
            noteLink(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
        Open done = open.pop();
        folders.add(done.state.withEntries(done.entries));
        return FileVisitResult.CONTINUE;
    }

    private void noteLink(Path link) {
        links.add(new LinkState(relative(link), LinkState.Target.of(link)));
    }

    private String relative(Path entry) {
        return root.relativize(entry).toString();
    }

    /** Not so where the system's encoding lacks a character: what it is read as has other bytes. */
    private static boolean canWrite(Path entry) {
        Path name = entry.getFileName();
        try {
            return name == null || name.getFileSystem().getPath(name.toString()).equals(name);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }

    private ClassListing listing(List<Path> instead) {
        List<ClassListing.Group> groups = new ArrayList<>();
        if (instead.isEmpty()) {
            names.forEach((path, found) -> groups.add(group(path, found)));
        }
        return new ClassListing(name(root), began, folders, links, groups, instead, ClassListing.UNKNOWN);
    }

    private static ClassListing.Group group(String path, List<Name> found) {
        found.sort((a, b) -> Arrays.compareUnsigned(a.text, b.text));
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        int[] ends = new int[found.size()];
        BitSet links = new BitSet();
        for (int i = 0; i < ends.length; i++) {
            names.writeBytes(found.get(i).text);
            ends[i] = names.size();
            links.set(i, found.get(i).isLink);
        }
        return new ClassListing.Group(path, names.toByteArray(), ends, links);
    }
}
