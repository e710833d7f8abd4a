package org.elasticvision.samples.serve;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.samples.serve.access.AccessLog;
import org.elasticvision.samples.serve.connection.ConnectionLimit;
import org.elasticvision.samples.serve.connection.HeaderDeadline;
import org.elasticvision.samples.serve.connection.HttpConnector;
import org.elasticvision.samples.serve.http.JsonErrors;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.isolate.DecoderPool;
import org.elasticvision.samples.serve.model.ServedModel;
import org.elasticvision.samples.serve.queue.ServedModels;

/** The HTTP server over models, which it owns. {@link #close()} lets the requests that are running end. Thread-safe. */
final class PredictionServer implements AutoCloseable {
    /** Beside the requests that have a place: the connector's own threads, and short requests. */
    private static final int MORE_THREADS = 16;

    /** How long a connection may say nothing, at least and at most. */
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(1);

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Server server;
    private final HttpConnector connector;
    private final GracefulHandler running;
    private final ServedModels models;
    private final Optional<AccessLog> log;
    private final Optional<DecoderPool> decoders;
    private boolean closed;

    private PredictionServer(List<ServedModel> models, ServerSettings settings) {
        Limits limits = settings.limits();
        this.models = new ServedModels(models, limits);
        QueuedThreadPool threads = new QueuedThreadPool(limits.places() + MORE_THREADS);
        threads.setName("http");
        server = new Server(threads);
        server.setErrorHandler(new JsonErrors());
        server.setStopTimeout(limits.timeout().plus(GRACE).toMillis());
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ConnectionFactory[] protocols = settings.tls()
                .map(tls -> tls.connectionFactories(http))
                .orElseGet(() -> new ConnectionFactory[] {new HttpConnectionFactory(http)});
        connector = new HttpConnector(server, protocols);
        connector.setHost(settings.address().getHostString());
        connector.setPort(settings.address().getPort());
        connector.setIdleTimeout(silence(limits.timeout()).toMillis());
        connector.addBean(new HeaderDeadline(connector, settings.headerTime()));
        ConnectionLimit connections = new ConnectionLimit(server, connector, limits);
        Routes routes = new Routes(this.models, limits, settings.tokens(), settings.decoders(), connections);
        running = new GracefulHandler(settings.origins().around(routes));
        server.setHandler(running);
        server.addConnector(connector);
        decoders = settings.decoders();
        log = settings.log();
        log.ifPresent(lines -> server.setRequestLog(lines.requestLog()));
    }

    private static Duration silence(Duration timeout) {
        Duration atMost = timeout.compareTo(LONGEST_SILENCE) < 0 ? timeout : LONGEST_SILENCE;
        return atMost.compareTo(SHORTEST_SILENCE) > 0 ? atMost : SHORTEST_SILENCE;
    }

    /**
     * Starts listening.
     *
     * @param models become the server's own, also where this fails
     * @throws ElasticVisionException where the address is taken or not this machine's
     */
    static PredictionServer start(List<ServedModel> models, ServerSettings settings) {
        PredictionServer server = new PredictionServer(models, settings);
        try {
            settings.decoders().ifPresent(DecoderPool::start);
            server.connector.open(); // before the rest starts, so that a port in use is reported as that
            server.server.start();
            return server;
        } catch (ElasticVisionException e) {
            server.close();
            throw e;
        } catch (Exception e) {
            server.close();
            throw new ElasticVisionException(reason(settings.address(), e), e);
        }
    }

    private static String reason(InetSocketAddress address, Exception e) {
        String place = address.getHostString() + ":" + address.getPort();
        if (address.isUnresolved()) {
            return address.getHostString() + ": no such host; give one of this machine's addresses to --host";
        }
        boolean taken = e instanceof BindException || e.getCause() instanceof BindException;
        if (taken && String.valueOf(e.getMessage() + e.getCause()).contains("in use")) {
            return place + " is in use; give another --port (0 takes any that is free)";
        }
        if (e instanceof IOException) {
            return place + ": cannot listen there (" + e.getMessage()
                    + "); give one of this machine's addresses to --host and a --port above 1023";
        }
        return place + ": the server cannot start (" + e + ")";
    }

    /** What it serves, which may be changed while it runs. */
    ServedModels models() {
        return models;
    }

    /** The port that it listens on. */
    int port() {
        return connector.getLocalPort();
    }

    /** Waits until {@link #close()} was called by another thread. */
    void join() throws InterruptedException {
        server.join();
    }

    /**
     * Answers all further requests with 503, readiness too, until those that are running have been answered, at most as long as one may take; then
     * takes no more connections and closes the models. A second call waits for the first.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            running.shutdown().get(server.getStopTimeout(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // they are cut off now
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            server.stop();
        } catch (Exception e) { // requests were cut off; the models are closed all the same
            Thread.currentThread().interrupt();
        }
        connector.close();
        models.close();
        decoders.ifPresent(DecoderPool::close);
        log.ifPresent(AccessLog::close);
    }
}
