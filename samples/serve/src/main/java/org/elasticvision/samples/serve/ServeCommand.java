package org.elasticvision.samples.serve;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.option.BatchOption;
import org.elasticvision.runtime.cli.option.CachedProviderOptions;
import org.elasticvision.runtime.cli.option.DecodeOption;
import org.elasticvision.runtime.cli.option.DurationConverter;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.runtime.cli.option.ThreadsOption;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.samples.serve.access.AccessLog;
import org.elasticvision.samples.serve.access.Tls;
import org.elasticvision.samples.serve.access.TokenFile;
import org.elasticvision.samples.serve.connection.ConnectionLimit;
import org.elasticvision.samples.serve.connection.HeaderDeadline;
import org.elasticvision.samples.serve.http.ByteSize;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.Origins;
import org.elasticvision.samples.serve.isolate.DecoderPool;
import org.elasticvision.samples.serve.model.OpenModel;
import org.elasticvision.samples.serve.model.ServedModel;
import org.elasticvision.samples.serve.watch.WatchedFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic serve}: a page and an HTTP API over models, until it is stopped. */
@Command(
        name = "serve",
        description = "Serves models over HTTP: a page to drop pictures on, and a JSON API.",
        footer = {
            "%nExamples:",
            "  elastic serve resnext50_elastic.onnx",
            "  elastic serve --port 0 classifier.onnx segmenter.onnx",
            "  curl --data-binary @cat.jpg localhost:8080/v1/models/classifier:predict"
        })
public final class ServeCommand implements ElasticCommand {
    private static final int LARGEST_PORT = 65535;
    private static final Duration WATCH_PAUSE = Duration.ofSeconds(1);

    /** Their options by what they are called. */
    private static final Map<String, String> LIMITS = Map.of(
            "body size", "--max-body",
            "concurrent requests", "--max-concurrent",
            "waiting requests", "--max-waiting",
            "images a request", "--max-images",
            "timeout", "--timeout",
            "patience", "--max-wait",
            "connections", "--max-connections");

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "MODEL",
            description =
                    "Converted model files. Each is called by its file's name without the ending, model.onnx by its folder's.")
    private List<Path> files = List.of();

    @Option(
            names = "--watch",
            paramLabel = "FOLDER",
            description =
                    "Serve the models in this folder too: files that come, change or go while the server runs are added,"
                            + " replaced without a break, and removed.")
    private Path watched;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "localhost",
            description = "Listen at this address of the machine; 0.0.0.0 for all (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Listen at this port; 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            defaultValue = "16M",
            converter = ByteSize.class,
            description =
                    "The largest body of a request, with one image or several, as 900K or 16M (default: ${DEFAULT-VALUE}).")
    private long maxBody;

    @Option(
            names = "--max-concurrent",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Number of images worked on at a time, or of batches with --batch; they share the threads (default:"
                            + " ${DEFAULT-VALUE}, the shortest answer).")
    private int maxConcurrent;

    @Option(
            names = "--max-waiting",
            paramLabel = "N",
            description = "Number of requests that may wait for their turn; more are refused with 503 (default: 64, or"
                    + " eight times --max-concurrent where that is more).")
    private Integer maxWaiting;

    @Option(
            names = "--max-wait",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "While more is asked than can be answered, refuse with 503 whose turn is expected to take longer than"
                            + " this to come, as 500ms or 10s (default: as long as an answer usually takes).")
    private Duration maxWait;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description =
                    "Number of connections that may be open; on more, requests are refused with 503 (default: 16384,"
                            + " or what memory and the system's limit on open files allow).")
    private Integer maxConnections;

    @Option(
            names = "--max-images",
            paramLabel = "N",
            defaultValue = "32",
            description = "The most images of one request (default: ${DEFAULT-VALUE}).")
    private int maxImages;

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            description =
                    "Let pages of this origin ask from browsers (CORS), such as https://app.example.org; * for all. May"
                            + " be given several times (default: only the server's own page).")
    private List<String> allowedOrigins = List.of();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "Answer only those who send one of the bearer tokens in this file, one on a line; it is read again"
                            + " when it changes. Health and the page itself stay open (default: everyone).")
    private Path tokenFile;

    @Option(
            names = "--tls",
            paramLabel = "FILE",
            description =
                    "Serve HTTPS (TLS 1.3 or 1.2, HTTP/2 or 1.1) with this certificate: PKCS #12, or PEM with the chain"
                            + " (default: HTTP).")
    private Path tlsFile;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "PEM file with the key, if it is not in that of --tls.")
    private Path tlsKey;

    @Option(
            names = "--tls-password-file",
            paramLabel = "FILE",
            description = "File with the password of a PKCS #12 file (default: none).")
    private Path tlsPassword;

    @Option(
            names = "--access-log",
            paramLabel = "FILE",
            description = "Append a line for each request to this file; - for standard output (default: none).")
    private String accessLog;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long a request may take, as 30s or 500ms (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--isolate",
            description =
                    "Decode pictures in processes of their own, as many as --max-concurrent: where a file ends one of them,"
                            + " that file is refused with 422 and another process is started (default: in the server's own).")
    private boolean isolate;

    @Mixin
    private DecodeOption decode;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private BatchOption batch;

    @Mixin
    private CachedProviderOptions provider;

    @Override
    public int order() {
        return 40;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > LARGEST_PORT) {
            throw wrong("--port " + port + " must be between 0 and " + LARGEST_PORT);
        }
        if (!files.isEmpty()) {
            provider.check(files);
        }
        if (files.isEmpty() && watched == null) {
            throw wrong("give a MODEL, or a folder with models to --watch");
        }
        if (tlsFile == null && (tlsKey != null || tlsPassword != null)) {
            throw wrong("--tls-key and --tls-password-file are for --tls; give the certificate to that");
        }
        if (isolate && decode.applyTo(ModelOptions.defaults()).fastDecode()) {
            throw wrong(
                    "--fast-decode is not for --isolate, whose processes decode pictures whole; leave out one of them");
        }
        checkAccessLog();
        InetSocketAddress address = new InetSocketAddress(host, port);
        Limits limits = limits();
        ServerSettings settings = settings(address, limits, origins());
        ModelOptions options =
                decode.applyTo(provider.applyTo(batch.options())).forCallers(limits.concurrent(), threads.total());
        List<ServedModel> models = new ArrayList<>(OpenModel.openAll(files, options));
        try (WatchedFolder folder = folder(models, options);
                PredictionServer server = PredictionServer.start(models, settings)) {
            if (folder != null) {
                folder.watch(server.models(), WATCH_PAUSE);
            }
            Thread stop = new Thread(() -> stop(server), "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            announce(models, server.port(), address.getAddress());
            server.join();
        }
        return 0;
    }

    /** Lines that are appended to a model or a key would ruin it. */
    private void checkAccessLog() {
        if (accessLog == null || accessLog.equals("-")) {
            return;
        }
        Path log = Path.of(accessLog);
        if (Stream.concat(files.stream(), Stream.of(tokenFile, tlsFile, tlsKey, tlsPassword))
                .anyMatch(file -> file != null && areSame(file, log))) {
            throw wrong("--access-log " + accessLog + " is a file that this server reads; name another file");
        }
    }

    private static boolean areSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) { // one of them is not there, which is told where it is opened
            return false;
        }
    }

    /** Adds the folder's models to those that are open, which it closes where it fails. */
    private WatchedFolder folder(List<ServedModel> models, ModelOptions options) {
        if (watched == null) {
            return null;
        }
        Set<String> names = models.stream().map(ServedModel::name).collect(Collectors.toSet());
        WatchedFolder folder =
                new WatchedFolder(watched, (name, file) -> OpenModel.open(name, file, options), names, this::warn);
        try {
            models.addAll(folder.openAll());
            return folder;
        } catch (RuntimeException e) {
            models.forEach(ServedModel::close);
            throw e;
        }
    }

    private ServerSettings settings(InetSocketAddress address, Limits limits, Origins origins) {
        Optional<TokenFile> tokens = Optional.ofNullable(tokenFile).map(file -> new TokenFile(file, this::warn));
        Optional<Tls> tls = Optional.ofNullable(tlsFile)
                .map(file -> Tls.of(file, tlsKey, tlsPassword == null ? null : Tls.password(tlsPassword)));
        Optional<DecoderPool> decoders = isolate ? Optional.of(new DecoderPool(limits, this::warn)) : Optional.empty();
        Optional<AccessLog> log =
                Optional.ofNullable(accessLog).map(name -> AccessLog.open(name, System.out, this::warn));
        return new ServerSettings(address, limits, origins, tokens, tls, log, decoders, HeaderDeadline.USUAL);
    }

    private void warn(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("elastic: " + line.replaceAll("\\R", " ")); // a file's name may have line ends
        err.flush();
    }

    private Limits limits() {
        try {
            int waiting = maxWaiting == null ? Limits.usualWaiting(maxConcurrent) : maxWaiting;
            int connections = maxConnections == null ? ConnectionLimit.usual(tlsFile != null) : maxConnections;
            return new Limits(
                    maxBody, maxConcurrent, waiting, maxImages, timeout, Optional.ofNullable(maxWait), connections);
        } catch (IllegalArgumentException e) {
            throw OptionNames.wrong(spec.commandLine(), e, LIMITS);
        }
    }

    private Origins origins() {
        try {
            return Origins.of(allowedOrigins);
        } catch (ElasticVisionException e) {
            throw wrong("--allow-origin: " + e.getMessage());
        }
    }

    private void announce(List<ServedModel> models, int at, InetAddress address) {
        PrintWriter out = spec.commandLine().getOut();
        for (ServedModel model : models) {
            out.println(line(model.name(), model.info()));
        }
        String name = address.isAnyLocalAddress() ? "localhost" : host;
        out.printf(
                "Serving at %s://%s:%d/ until Ctrl-C%n",
                tlsFile == null ? "http" : "https", name.contains(":") ? "[" + name + "]" : name, at);
        if (!address.isLoopbackAddress() && tokenFile == null) {
            out.println("Anyone who can reach this machine at that port can use it: there is no --token-file"
                    + (tlsFile == null ? ", and no --tls" : ""));
        } else if (!address.isLoopbackAddress() && tlsFile == null) {
            out.println("Anyone on the way can read tokens and pictures: there is no --tls");
        }
        out.flush();
    }

    static String line(String name, ModelInfo info) {
        return String.format(
                Locale.ROOT,
                "%s: %s, %,d classes, %s, %s",
                name,
                info.task(),
                info.labels().size(),
                info.architecture(),
                info.precision());
    }

    private void stop(PredictionServer server) {
        warn("stopping; requests that are running are answered first");
        server.close();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
