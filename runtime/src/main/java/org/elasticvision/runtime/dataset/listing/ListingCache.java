package org.elasticvision.runtime.dataset.listing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.ContentHash;
import org.elasticvision.runtime.io.UserCache;

/**
 * Listings that were made before, a file for each folder that holds class folders. A file that is damaged or not one of these
 * counts as missing, and one that cannot be written is not written. A file is there whole or not at all, whatever the
 * number of processes; the last one that writes it wins.
 *
 * @param folder where they are kept; it need not exist yet
 * @param fewest of fewer images no listing is kept: it is made as fast as it is read
 * @param settling of a class folder that has changed within this time no listing is kept: its times may be too coarse to tell
 *     the next change
 */
public record ListingCache(Path folder, int fewest, Duration settling) {
    private static final int USUALLY_FEWEST = 10_000;
    /** The coarsest times that file systems have. */
    private static final Duration USUAL_SETTLING = Duration.ofSeconds(2);

    /** {@return that of the user: {@link UserCache}} */
    public static ListingCache ofUser() {
        return new ListingCache(UserCache.folder("listings"), USUALLY_FEWEST, USUAL_SETTLING);
    }

    /** {@return where the listing of a folder with class folders lies, or would lie} */
    public Path file(Path root) {
        return folder.resolve(new ContentHash()
                        .add(key(root).getBytes(StandardCharsets.UTF_8))
                        .hex() + ".listing");
    }

    private static String key(Path root) {
        return root.toAbsolutePath().normalize().toString();
    }

    /** {@return the listings of class folders that are kept, by name, whether they still hold or not; none where none can be read} */
    Map<String, ClassListing> read(Path root) {
        Path file = file(root);
        try {
            if (!isWhole(file)) {
                return Map.of();
            }
            try (InputStream in = Files.newInputStream(file)) {
                List<ClassListing> listings =
                        new ListingFormat(key(root)).read(new DataInputStream(new BufferedInputStream(in, 1 << 16)));
                Map<String, ClassListing> byName = new HashMap<>();
                listings.forEach(listing -> byName.put(listing.name(), listing));
                return byName;
            }
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** Whether it ends with its checksum, so that its numbers may be trusted. */
    private static boolean isWhole(Path file) throws IOException {
        long rest;
        try {
            rest = Files.size(file) - Long.BYTES;
        } catch (NoSuchFileException e) {
            return false;
        }
        if (rest < 0 || !Files.isRegularFile(file)) {
            return false;
        }
        CRC32C checksum = new CRC32C();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] part = new byte[1 << 16];
            InputStream checked = new CheckedInputStream(in, checksum);
            while (rest > 0) {
                int count = checked.read(part, 0, (int) Math.min(part.length, rest));
                if (count < 0) {
                    return false;
                }
                rest -= count;
            }
            return new DataInputStream(in).readLong() == checksum.getValue();
        }
    }

    /** Keeps those listings whose later changes will show; where that cannot be done, nothing happens. */
    void write(Path root, Collection<ClassListing> listings) {
        List<ClassListing> settled =
                listings.stream().filter(listing -> listing.isSettled(settling)).toList();
        if (listings.stream().mapToInt(ClassListing::size).sum() < fewest || settled.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            try (AtomicFile.Draft draft = AtomicFile.draft(file(root))) {
                CRC32C checksum = new CRC32C();
                try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(
                        new CheckedOutputStream(Files.newOutputStream(draft.path()), checksum), 1 << 16))) {
                    new ListingFormat(key(root)).write(settled, out);
                    out.flush();
                    out.writeLong(checksum.getValue());
                }
                draft.publishUnforced();
            }
        } catch (IOException | ElasticVisionException e) {
            // listed anew the next time
        }
    }
}
