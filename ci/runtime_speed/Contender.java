import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One of the programs that ci/runtime-speed.sh compares. It is a process of its own, which holds the pictures of a folder in
 * memory as they are encoded. To a line {@code top N} it answers {@code CLASS PROBABILITY}, what it sees in picture N; to
 * {@code ask N} how many seconds N pictures took, asked about by so many callers at a time as it was started with.
 */
final class Contender {
    private Contender() {}

    /** The likeliest class and its probability. */
    record Answer(int best, double probability) {
        static Answer of(float[] logits) {
            int best = 0;
            for (int i = 1; i < logits.length; i++) {
                best = logits[i] > logits[best] ? i : best;
            }
            double sum = 0;
            for (float logit : logits) {
                sum += Math.exp(logit - logits[best]);
            }
            return new Answer(best, 1 / sum);
        }
    }

    /** Asked by any number of threads at once. */
    interface Asked {
        Answer answer(int picture) throws Exception;
    }

    static List<byte[]> pictures(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<byte[]> pictures = new ArrayList<>();
            for (Path file : files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList()) {
                pictures.add(Files.readAllBytes(file));
            }
            return pictures;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void serve(Asked asked, int pictures, int callers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        AtomicInteger next = new AtomicInteger();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            int number = Integer.parseInt(words[1]);
            if (words[0].equals("top")) {
                Answer answer = asked.answer(number);
                System.out.println(answer.best() + " " + answer.probability());
                continue;
            }
            long start = System.nanoTime();
            AtomicInteger left = new AtomicInteger(number);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                running.add(threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        asked.answer(Math.floorMod(next.getAndIncrement(), pictures));
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            System.out.println((System.nanoTime() - start) / 1e9);
        }
        System.exit(0);
    }
}
