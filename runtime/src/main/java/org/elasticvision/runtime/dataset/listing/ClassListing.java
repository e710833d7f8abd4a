package org.elasticvision.runtime.dataset.listing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/**
 * The images of a class folder: about 25 bytes each for names as ImageNet has them. Immutable.
 *
 * @param name of the class folder
 * @param listed nanoseconds since 1970 at which the listing began
 * @param folders all that were searched
 * @param links all that were met, but for those that are images
 * @param groups the images, folder by folder
 * @param unnameable all images instead, in order, where Java cannot write one of the names; such a listing is not kept
 * @param turned how many images are turned by EXIF; {@link #UNKNOWN} where nobody has looked
 */
public record ClassListing(
        String name,
        long listed,
        List<FolderState> folders,
        List<LinkState> links,
        List<Group> groups,
        List<Path> unnameable,
        int turned) {
    /** Nobody has looked how many images are turned. */
    public static final int UNKNOWN = -1;

    public ClassListing {
        folders = List.copyOf(folders);
        links = List.copyOf(links);
        groups = List.copyOf(groups);
        unnameable = List.copyOf(unnameable);
    }

    /**
     * The images in one folder, in order.
     *
     * @param path of the folder, relative to the class folder; empty for that itself
     * @param names one behind the other, in UTF-8
     * @param ends where in {@code names} each ends
     * @param links which of them are symbolic links; never changed
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Group(String path, byte[] names, int[] ends, BitSet links) {
        String name(int index) {
            int from = index == 0 ? 0 : ends[index - 1];
            return new String(names, from, ends[index] - from, StandardCharsets.UTF_8);
        }

        /** Whether its links still lead to files, which they may cease to do without any change of the folder. */
        boolean isCurrent(Path classFolder) {
            Path folder = classFolder.resolve(path);
            return links.stream().allMatch(index -> Files.isRegularFile(folder.resolve(name(index))));
        }
    }

    /** {@return how many images} */
    public int size() {
        int size = unnameable.size();
        for (Group group : groups) {
            size += group.ends.length;
        }
        return size;
    }

    /**
     * {@return an image}
     *
     * @param classFolder where the class folder lies
     * @param index from 0 on
     */
    public Path image(Path classFolder, int index) {
        if (!unnameable.isEmpty()) {
            return unnameable.get(index);
        }
        int left = index;
        for (Group group : groups) {
            if (left < group.ends.length) {
                return classFolder.resolve(group.path).resolve(group.name(left));
            }
            left -= group.ends.length;
        }
        throw new IndexOutOfBoundsException("image " + index + " of " + size() + " in " + classFolder);
    }

    /** {@return the same, where somebody has looked how many are turned} */
    public ClassListing withTurned(int count) {
        return new ClassListing(name, listed, folders, links, groups, unnameable, count);
    }

    /** Whether nothing was added, removed or renamed since, as far as folders and links tell. */
    boolean isCurrent(Path classFolder) {
        return folders.stream().allMatch(folder -> folder.isCurrent(classFolder))
                && links.stream().allMatch(link -> link.isCurrent(classFolder))
                && groups.stream().allMatch(group -> group.isCurrent(classFolder));
    }

    /** Whether a later change will show, so that the listing may be kept. */
    boolean isSettled(Duration settling) {
        return unnameable.isEmpty() && folders.stream().allMatch(folder -> folder.isSettled(listed, settling));
    }
}
