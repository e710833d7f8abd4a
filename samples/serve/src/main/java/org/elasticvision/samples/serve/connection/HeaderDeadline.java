package org.elasticvision.samples.serve.connection;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which the head of a request, or the beginning of TLS, has been on its way for too long. Jetty itself has a limit only on
 * silence, which a byte now and then breaks.
 */
public final class HeaderDeadline extends AbstractLifeCycle {
    /** Long enough for a phone that loses its connection for some seconds. */
    public static final Duration USUAL = Duration.ofSeconds(10);

    private static final long CHECKS = 10;

    private static final Set<HttpParser.State> IN_HEAD = Set.of(
            HttpParser.State.METHOD,
            HttpParser.State.SPACE1,
            HttpParser.State.URI,
            HttpParser.State.SPACE2,
            HttpParser.State.REQUEST_VERSION,
            HttpParser.State.HEADER);

    private final HttpConnector connector;
    private final Duration most;

    /** Since when each connection has been in the head of its request number N, as last looked at. */
    private final Map<EndPoint, Head> heads = new HashMap<>();

    private volatile Scheduler.Task next;

    private record Head(long number, long since) {}

    public HeaderDeadline(HttpConnector connector, Duration most) {
        this.connector = connector;
        this.most = most;
    }

    @Override
    protected void doStart() {
        next = connector.getScheduler().schedule(this::check, most.toMillis() / CHECKS, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void doStop() {
        next.cancel();
    }

    private void check() {
        long now = System.nanoTime();
        Set<EndPoint> open = new HashSet<>(connector.getConnectedEndPoints());
        heads.keySet().retainAll(open);
        for (EndPoint endPoint : open) {
            Connection connection = decrypted(endPoint.getConnection());
            if (!isInHead(connection)) {
                heads.remove(endPoint);
                continue;
            }
            long number = connection.getMessagesIn();
            Head before = heads.get(endPoint);
            if (before == null || before.number() != number) {
                heads.put(endPoint, new Head(number, now));
            } else if (now - before.since() > most.toNanos()) {
                endPoint.close();
            }
        }
        if (isRunning()) {
            doStart();
        }
    }

    private static Connection decrypted(Connection connection) {
        return connection instanceof SslConnection secure
                ? secure.getSslEndPoint().getConnection()
                : connection;
    }

    private static boolean isInHead(Connection connection) {
        return connection instanceof HttpConnection http
                ? IN_HEAD.contains(http.getParser().getState())
                : connection instanceof NegotiatingServerConnection;
    }
}
