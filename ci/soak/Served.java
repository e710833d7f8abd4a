import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.elasticvision.runtime.cli.Elastic;

/**
 * {@code elastic serve} in a process that answers every line on its standard input with what it holds: {@code Served LEAK OPTION…}. It ends with its
 * parent.
 */
final class Served {
    private static final long LEAK_MILLIS = 50;

    private Served() {}

    public static void main(String[] arguments) {
        List<String> options = new ArrayList<>(List.of(arguments));
        if (Boolean.parseBoolean(options.remove(0))) {
            daemon("leak", Served::leak);
        }
        daemon("gauges", Served::tell);
        Elastic.main(options.toArray(new String[0]));
    }

    private static void daemon(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void tell() throws IOException, InterruptedException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (orders.readLine() != null) {
            System.out.println(Server.GAUGES + Gauges.ofThisProcess().line());
        }
        CompletableFuture.runAsync(() -> System.exit(0));
    }

    private static void leak() throws IOException, InterruptedException {
        List<InputStream> leaked = new ArrayList<>();
        while (true) {
            leaked.add(new FileInputStream("/dev/null"));
            Thread.sleep(LEAK_MILLIS);
        }
    }
}
