package org.elasticvision.runtime.io.draft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What files and folders are called until they are whole: {@code .tmp-MACHINE-PROCESS-START-RANDOM-NAME}. The name says who writes it, so that
 * what a killed process has left is told from what another one is writing now, and goes. Thread-safe.
 */
public final class Drafts {
    private static final Pattern NAME =
            Pattern.compile("\\.tmp-([0-9a-f]{8})-(\\d{1,18})-([0-9a-z]+)-[0-9a-f]{8}-.*", Pattern.DOTALL);
    private static final String MACHINE = machine();
    private static final ProcessHandle PROCESS = ProcessHandle.current();
    /** A container's processes have the same number again and again. */
    private static final String START = Long.toString(
            PROCESS.info().startInstant().map(Instant::toEpochMilli).orElse(0L), Character.MAX_RADIX);
    /** Whether another machine's process is alive nobody tells. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private static final Set<Path> TIDIED = ConcurrentHashMap.newKeySet();

    private Drafts() {}

    /**
     * Names a draft, and the first time in a folder deletes the drafts there that nobody writes any more.
     *
     * @param destination of the draft, an absolute path
     * @return a path beside it, with its file name extension, where nothing is
     */
    public static Path beside(Path destination) {
        if (TIDIED.add(destination.getParent())) {
            tidy(destination.getParent());
        }
        return destination.resolveSibling(String.format(
                Locale.ROOT,
                ".tmp-%s-%d-%s-%08x-%s",
                MACHINE,
                PROCESS.pid(),
                START,
                ThreadLocalRandom.current().nextInt(),
                destination.getFileName()));
    }

    /**
     * Deletes a folder's drafts that nobody writes any more: of a process of this machine that has ended, or of an unknown one and older
     * than a day.
     *
     * @param folder need not be there
     */
    static void tidy(Path folder) {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, ".tmp-*")) {
            for (Path draft : drafts) {
                if (isAbandoned(draft)) {
                    FileTree.delete(draft);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // whoever writes there says what is wrong with the folder
        }
    }

    private static boolean isAbandoned(Path draft) throws IOException {
        Matcher name = NAME.matcher(draft.getFileName().toString());
        if (!name.matches()) {
            return false;
        }
        if (!name.group(1).equals(MACHINE) || !isOfSameUser(draft)) {
            Instant written = Files.getLastModifiedTime(draft).toInstant();
            return written.plus(FORGOTTEN).isBefore(Instant.now());
        }
        long process = Long.parseLong(name.group(2));
        return process == PROCESS.pid()
                ? !name.group(3).equals(START)
                : ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** Other users' processes may be hidden: they would seem to have ended. */
    private static boolean isOfSameUser(Path file) throws IOException {
        return PROCESS.info().user().equals(Optional.of(Files.getOwner(file).getName()));
    }

    /** The machine as it was started, and which processes are seen from here; random where the system does not tell. */
    private static String machine() {
        CRC32 sum = new CRC32();
        try {
            sum.update(Files.readAllBytes(Path.of("/proc/sys/kernel/random/boot_id")));
            sum.update(Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8));
        } catch (IOException | UnsupportedOperationException e) {
            return String.format(
                    Locale.ROOT, "%08x", ThreadLocalRandom.current().nextInt());
        }
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }
}
