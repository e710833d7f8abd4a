package org.elasticvision.runtime.dataset.listing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Listings for tests. */
public final class Listings {
    private Listings() {}

    /** Says of the class folders of which a listing is kept how many images are turned, whatever their files say. */
    public static void pretendTurned(ListingCache cache, Path root, int turned) {
        List<ClassListing> kept = cache.read(root).values().stream()
                .map(listing -> listing.withTurned(turned))
                .toList();
        cache.write(root, kept);
    }

    /** Names of the class folders of which a listing is kept. */
    public static List<String> kept(ListingCache cache, Path root) {
        return cache.read(root).keySet().stream().sorted().toList();
    }

    /** Images that are not there, named as ImageNet's. */
    public static PartListing imageNet(Path root, int classes, int images, ListingCache cache) {
        List<ClassListing> listings = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            String name = className(c);
            ByteArrayOutputStream names = new ByteArrayOutputStream();
            int[] ends = new int[images];
            for (int i = 0; i < images; i++) {
                names.writeBytes(imageName(c, i).getBytes(StandardCharsets.UTF_8));
                ends[i] = names.size();
            }
            ClassListing.Group group = new ClassListing.Group("", names.toByteArray(), ends, new BitSet());
            FolderState state = new FolderState("", 1, 1, images);
            listings.add(new ClassListing(name, 10, List.of(state), List.of(), List.of(group), List.of(), 0));
        }
        return new PartListing(root, listings, cache);
    }

    public static String className(int number) {
        return "n%08d".formatted(number);
    }

    public static String imageName(int number, int image) {
        return className(number) + "_" + image + ".JPEG";
    }
}
