package org.elasticvision.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.elasticvision.runtime.fuzz.FuzzRun;

/**
 * What Jazzer calls with each input. Now and then it looks for files, threads and memory that were left behind: a fault
 * then belongs to an input since the last look.
 */
public final class FuzzDriver {
    private static final int LOOK_EVERY = 10_000;
    /** What libFuzzer's own corpus, the code that Java compiles and glibc's arenas take, with room. */
    private static final long MOST_GROWTH = 256L << 20;

    private static FuzzRun run;
    private static long inputs;
    private static long residentAtFirst;

    private FuzzDriver() {}

    /**
     * Called once.
     *
     * @param words the target's name and a folder for temporary files
     * @throws IOException if the folder cannot be used
     */
    public static void fuzzerInitialize(String[] words) throws IOException {
        Pointer.physicalBytes(); // starts a thread of JavaCPP, which stays
        run = new FuzzRun(Targets.named(words[0]), Path.of(words[1]));
    }

    /**
     * Called with each input.
     *
     * @param input any bytes
     * @throws IOException if the file for the target cannot be written
     */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        run.run(input);
        inputs++;
        if (inputs % LOOK_EVERY == 0) {
            run.requireNothingLeft();
            requireMemoryFreed();
        }
    }

    private static void requireMemoryFreed() {
        long resident = Pointer.physicalBytes();
        if (residentAtFirst == 0) {
            residentAtFirst = resident;
        } else if (resident > residentAtFirst + MOST_GROWTH) {
            throw new AssertionError("the process has grown from " + (residentAtFirst >> 20) + " to " + (resident >> 20)
                    + " MB over " + inputs + " inputs");
        }
    }

    /**
     * Called at the end.
     *
     * @throws IOException if the folder cannot be deleted
     */
    public static void fuzzerTearDown() throws IOException {
        run.close();
    }
}
