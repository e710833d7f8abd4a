package org.elasticvision.runtime.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.elasticvision.runtime.dataset.listing.ListingCache;
import org.elasticvision.runtime.dataset.listing.Listings;
import org.elasticvision.runtime.dataset.listing.PartListing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The images of a folder of ImageNet's size, in a Java with little memory. */
class ListingMemoryTest {
    private static final int CLASSES = 1000;
    private static final int IMAGES = 1300;
    private static final int MOST_BYTES = 30;

    /** What runs in that Java; prints how many bytes an image takes. */
    static final class Small {
        public static void main(String[] args) {
            Path root = Path.of(args[0]);
            ListingCache cache = new ListingCache(root.resolve("cache"), 1, Duration.ZERO);
            long before = used();
            PartListing listing = Listings.imageNet(root, CLASSES, IMAGES, cache);
            List<Path> folders = IntStream.range(0, CLASSES)
                    .mapToObj(i -> root.resolve(Listings.className(i)))
                    .toList();
            ClassifiedImages images = new ClassifiedImages(
                    listing, folders, IntStream.range(0, CLASSES).toArray());
            listing.withTurned(listing.classes()); // writes a file
            if (Listings.kept(cache, root).size() != CLASSES) { // reads it, beside the first listing
                throw new IllegalStateException("not kept");
            }
            long bytes = (used() - before) / images.size();
            for (int i = 0; i < images.size(); i++) {
                ClassifiedImage image = images.get(i);
                Path expected = folders.get(i / IMAGES).resolve(Listings.imageName(i / IMAGES, i % IMAGES));
                if (image.classIndex() != i / IMAGES || !image.image().equals(expected)) {
                    throw new IllegalStateException(i + ": " + image);
                }
            }
            System.out.print(bytes);
        }

        private static long used() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }

    @Test
    void aMillionImagesTakeLittleMemory(@TempDir Path folder) throws IOException, InterruptedException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Small.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(java.exitValue()).as(output).isZero();
        assertThat(Integer.parseInt(output)).isBetween(20, MOST_BYTES);
    }
}
