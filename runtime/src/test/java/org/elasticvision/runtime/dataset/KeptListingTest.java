package org.elasticvision.runtime.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.dataset.listing.ListingCache;
import org.elasticvision.runtime.dataset.listing.Listings;
import org.elasticvision.runtime.image.TurnedPhotos;
import org.elasticvision.runtime.model.Labels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The second start sees what the first one saw, and whatever has changed since. */
class KeptListingTest {
    /** What no test file is: whoever reads it has it from the kept listing. */
    private static final int PRETENDED = 1000;
    /** Longer than a tick of a file system's clock. */
    private static final int TICK_MILLIS = 20;

    @TempDir
    private Path temporary;

    private Path data;
    private ListingCache cache;

    /** Classes with images in deeper folders, links, hidden files and folders; one class without images. */
    @BeforeEach
    void lay() throws IOException {
        data = temporary.resolve("data");
        cache = new ListingCache(temporary.resolve("cache/listings"), 1, Duration.ZERO);
        Trees.touch(data, "ant/b.jpg", "ant/a.JPEG", "ant/deep/er/c.png", "ant/.hidden/d.jpg", "ant/notes.txt");
        Trees.touch(data, "bee/\u00e9t\u00e9.jpg", "bee/\uFF21.jpg", "bee/\uD83D\uDC1D.jpg", "bee/._x.jpg");
        Trees.touch(data, "cow/a.jpg", "cow/b.jpg");
        Trees.touch(data, "empty/readme.txt");
        Trees.touch(temporary, "elsewhere/linked.jpg", "elsewhere/more/x.jpg");
        Files.createSymbolicLink(data.resolve("cow/link.jpg"), temporary.resolve("elsewhere/linked.jpg"));
        Files.createSymbolicLink(data.resolve("cow/more"), temporary.resolve("elsewhere/more"));
        Files.createSymbolicLink(data.resolve("cow/dead.jpg"), temporary.resolve("elsewhere/later.jpg"));
    }

    @Test
    void theSecondStartSeesWhatTheFirstOneSaw() {
        List<String> notes = new ArrayList<>();
        List<ClassifiedImage> first = List.copyOf(read(notes));
        assertThat(first).hasSize(3 + 3 + 4).isEqualTo(plain(notes));
        assertThat(Listings.kept(cache, data)).containsExactly("ant", "bee", "cow", "empty");
        Listings.pretendTurned(cache, data, PRETENDED);
        ClassifiedImages second = read(notes);
        assertThat(second).isEqualTo(first);
        assertThat(second.turned()).isEqualTo(new TurnedImages(first.size(), 4 * PRETENDED, 0));
        assertThat(notes).hasSize(3).containsOnly(data + ": passed over, without images: 'empty'");
    }

    /** A change of the folder, and which class is listed anew: of the others what is kept still holds. */
    private record Change(String what, List<String> stillKept, Step step) {
        @Override
        public String toString() {
            return what;
        }
    }

    @FunctionalInterface
    private interface Step {
        void on(KeptListingTest test) throws IOException;
    }

    static Stream<Change> changes() {
        List<String> notAnt = List.of("bee", "cow", "empty");
        List<String> notCow = List.of("ant", "bee", "empty");
        return Stream.of(
                new Change("a file added", notAnt, test -> test.touch("ant/c.jpg")),
                new Change("a file removed", notAnt, test -> Files.delete(test.data.resolve("ant/a.JPEG"))),
                new Change("a file renamed", notAnt, test -> test.move("ant/b.jpg", "ant/z.jpg")),
                new Change("a file renamed, and the folder's time set back", notAnt, test -> {
                    FileTime before = Files.getLastModifiedTime(test.data.resolve("ant"));
                    test.move("ant/b.jpg", "ant/z.jpg");
                    Files.setLastModifiedTime(test.data.resolve("ant"), before);
                }),
                new Change(
                        "a file moved to another class",
                        List.of("cow", "empty"),
                        test -> test.move("ant/b.jpg", "bee/b.jpg")),
                new Change("a file added in a deep folder", notAnt, test -> test.touch("ant/deep/er/d.jpg")),
                new Change("a folder added", notAnt, test -> test.touch("ant/new/d.jpg")),
                new Change("a file hidden", notAnt, test -> test.move("ant/b.jpg", "ant/.b.jpg")),
                new Change("a file in place of a folder", notAnt, test -> {
                    test.move("ant/deep", "ant/gone");
                    test.move("ant/b.jpg", "ant/deep");
                }),
                new Change("a class added", List.of("ant", "bee", "cow", "empty"), test -> test.touch("dog/a.jpg")),
                new Change("a class removed", notCow, test -> {
                    for (String file : List.of("a.jpg", "b.jpg", "link.jpg", "more", "dead.jpg", "")) {
                        Files.delete(test.data.resolve("cow").resolve(file));
                    }
                }),
                new Change("a class renamed", notCow, test -> test.move("cow", "cat")),
                new Change(
                        "an image in the class without",
                        List.of("ant", "bee", "cow"),
                        test -> test.touch("empty/a.jpg")),
                new Change(
                        "a linked file removed",
                        notCow,
                        test -> Files.delete(test.temporary.resolve("elsewhere/linked.jpg"))),
                new Change("a folder where a linked file was", notCow, test -> {
                    Files.delete(test.temporary.resolve("elsewhere/linked.jpg"));
                    Trees.touch(test.temporary, "elsewhere/linked.jpg/a.jpg");
                }),
                new Change(
                        "a file where a dead link led",
                        notCow,
                        test -> Trees.touch(test.temporary, "elsewhere/later.jpg")),
                new Change(
                        "a file added in a linked folder",
                        notCow,
                        test -> Trees.touch(test.temporary, "elsewhere/more/y.jpg")),
                new Change("a linked folder removed", notCow, test -> {
                    Files.delete(test.temporary.resolve("elsewhere/more/x.jpg"));
                    Files.delete(test.temporary.resolve("elsewhere/more"));
                }));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangedFolderIsNoticed(Change change) throws IOException, InterruptedException {
        List<String> notes = new ArrayList<>();
        List<ClassifiedImage> before = List.copyOf(read(notes));
        Listings.pretendTurned(cache, data, PRETENDED);
        Thread.sleep(TICK_MILLIS);
        change.step.on(this);
        notes.clear();
        ClassifiedImages after = read(notes);
        List<String> plainNotes = new ArrayList<>();
        assertThat(after).isEqualTo(plain(plainNotes)).isNotEqualTo(before);
        assertThat(notes).isEqualTo(plainNotes);
        assertThat(after.turned().turned()).isEqualTo(change.stillKept.size() * PRETENDED);
        assertThat(read(notes)).as("listed anew, and kept again").isEqualTo(after);
        assertThat(read(notes).turned()).isEqualTo(after.turned());
    }

    @Test
    void errorsAreTheSameOnTheSecondStart() throws IOException {
        read(new ArrayList<>());
        Path loop = Files.createSymbolicLink(data.resolve("ant/deep/loop"), data.resolve("ant"));
        assertThatThrownBy(() -> read(new ArrayList<>()))
                .isInstanceOf(DatasetException.class)
                .hasMessage(data.resolve("ant") + ": cannot be read: " + loop);
        Files.delete(loop);
        Path dead = Files.createSymbolicLink(data.resolve("dead"), temporary.resolve("nowhere"));
        assertThatThrownBy(() -> read(new ArrayList<>()))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(dead + ": is a link to something that does not exist");
    }

    @Test
    void turnedImagesAreCountedOnceAndAgainWhereTheClassHasChanged() throws IOException {
        Path photos = temporary.resolve("photos");
        TurnedPhotos.write(Files.createDirectories(photos.resolve("a")));
        Trees.touch(photos, "b/x.jpg");
        assertThat(read(photos).turned()).isEqualTo(new TurnedImages(9, 7, 0));
        Listings.pretendTurned(cache, photos, 3);
        assertThat(read(photos).turned()).isEqualTo(new TurnedImages(9, 6, 0));
        Files.delete(TurnedPhotos.file(photos.resolve("a"), 6));
        assertThat(read(photos).turned()).isEqualTo(new TurnedImages(8, 6 + 3, 0));
    }

    static Map<String, Damage> damages() {
        return Map.of(
                "empty", file -> Files.write(file, new byte[0]),
                "short", file -> Files.write(file, new byte[3]),
                "text", file -> Files.writeString(file, "these are not the listings that you are looking for"),
                "cut", file -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 200)),
                "flipped", KeptListingTest::flip,
                "a folder",
                        file -> {
                            Files.delete(file);
                            Files.createDirectory(file);
                        });
    }

    @FunctionalInterface
    interface Damage {
        void of(Path file) throws IOException;
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x10;
        Files.write(file, bytes);
    }

    static Stream<String> damageNames() {
        return damages().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("damageNames")
    void aDamagedFileIsIgnoredAndReplaced(String damage) throws IOException {
        List<ClassifiedImage> first = List.copyOf(read(new ArrayList<>()));
        damages().get(damage).of(cache.file(data));
        assertThat(Listings.kept(cache, data)).isEmpty();
        assertThat(read(new ArrayList<>())).isEqualTo(first);
        if (!damage.equals("a folder")) {
            assertThat(Listings.kept(cache, data)).hasSize(4);
        }
    }

    @Test
    void theListingOfAnotherFolderIsNotTaken() throws IOException {
        read(new ArrayList<>());
        Path other = temporary.resolve("other");
        Trees.touch(other, "ant/1.jpg", "bee/2.jpg");
        Files.copy(cache.file(data), cache.file(other));
        assertThat(Listings.kept(cache, other)).isEmpty();
        assertThat(read(other)).isEqualTo(plainOf(other));
        assertThat(Listings.kept(cache, other)).containsExactly("ant", "bee");
    }

    @Test
    void whereNothingCanBeKeptNothingIs() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "not a folder");
        ListingCache nowhere = new ListingCache(file.resolve("listings"), 1, Duration.ZERO);
        for (int start = 0; start < 2; start++) {
            ClassifiedImages images = read(data, nowhere, new ArrayList<>());
            assertThat(images).isEqualTo(plainOf(data));
            assertThat(images.turned().turned()).isZero();
        }
        assertThat(file).hasContent("not a folder");
    }

    @Test
    void fewImagesAreNotWorthAFile() {
        read(data, new ListingCache(cache.folder(), 11, Duration.ZERO), new ArrayList<>());
        assertThat(cache.folder()).doesNotExist();
        read(data, new ListingCache(cache.folder(), 10, Duration.ZERO), new ArrayList<>());
        assertThat(cache.file(data)).isRegularFile();
    }

    /** Within a tick of the file system's clock a second change would not show. */
    @Test
    void ofAFolderThatHasJustChangedNothingIsKept() throws IOException, InterruptedException {
        ListingCache careful = new ListingCache(cache.folder(), 1, Duration.ofMillis(400));
        Thread.sleep(500);
        touch("ant/new.jpg");
        read(data, careful, new ArrayList<>());
        assertThat(Listings.kept(careful, data)).containsExactly("bee", "cow", "empty");
        Thread.sleep(500);
        read(data, careful, new ArrayList<>());
        assertThat(Listings.kept(careful, data)).containsExactly("ant", "bee", "cow", "empty");
    }

    @Test
    void anyNumberMayStartAtOnce() throws Exception {
        ExecutorService starts = Executors.newFixedThreadPool(8);
        try {
            List<ClassifiedImage> expected = plainOf(data);
            List<Future<List<ClassifiedImage>>> results = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                boolean damaging = i % 10 == 0;
                Callable<List<ClassifiedImage>> start = () -> {
                    if (damaging) {
                        Files.deleteIfExists(cache.file(data));
                    }
                    return List.copyOf(read(new ArrayList<>()));
                };
                results.add(starts.submit(start));
            }
            for (Future<List<ClassifiedImage>> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            starts.shutdownNow();
        }
        read(new ArrayList<>());
        try (Stream<Path> files = Files.list(cache.folder())) {
            assertThat(files).containsExactly(cache.file(data));
        }
    }

    private void touch(String file) {
        Trees.touch(data, file);
    }

    private void move(String from, String to) throws IOException {
        Files.move(data.resolve(from), data.resolve(to));
    }

    private ClassifiedImages read(List<String> notes) {
        return read(data, cache, notes);
    }

    private ClassifiedImages read(Path folder) {
        return read(folder, cache, new ArrayList<>());
    }

    /** As if nothing had ever been kept. */
    private List<ClassifiedImage> plain(List<String> notes) {
        return read(data, new ListingCache(temporary.resolve("none"), Integer.MAX_VALUE, Duration.ZERO), notes);
    }

    private List<ClassifiedImage> plainOf(Path folder) {
        return read(
                folder,
                new ListingCache(temporary.resolve("none"), Integer.MAX_VALUE, Duration.ZERO),
                new ArrayList<>());
    }

    private static ClassifiedImages read(Path folder, ListingCache cache, List<String> notes) {
        int classes = ImageFolder.labels(folder, Split.VALIDATION).size();
        return ImageFolder.read(
                folder, Labels.numbered(classes), Split.VALIDATION, new DatasetOptions(false, notes::add), cache);
    }
}
