package org.elasticvision.samples.serve.connection;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.elasticvision.samples.serve.http.Limits;

/**
 * How many connections may be open. From nine tenths of that on, those that say nothing are closed after a second; beyond it requests are to be
 * sent away; far beyond it no more are accepted until some are closed, so that the process never runs out of files.
 */
public final class ConnectionLimit {
    /** Connections beyond the limit, on which it is said that there are too many. */
    private static final int SPARE = 256;

    /** Files of the process that are not connections: jars, libraries, models. */
    private static final int OTHER_FILES = 256;

    private static final int HEAP_EACH = 32 << 10;
    private static final int HEAP_EACH_SECURE = 64 << 10;
    /** Of the limit, the part that is kept free of connections that say nothing. */
    private static final int RESERVE = 10;

    private static final int SHORT_SILENCE_MILLIS = 1000;
    private static final int CHECK_MILLIS = 500;

    private final HttpConnector connector;
    private final int most;

    /** Keeps a server, which has not been started, to a limit. */
    public ConnectionLimit(Server server, HttpConnector connector, Limits limits) {
        this.connector = connector;
        most = limits.connections();
        connector.addBean(new NetworkConnectionLimit(most + SPARE, connector));
        LowResourceMonitor monitor = new LowResourceMonitor(server);
        monitor.setMonitorThreads(false);
        monitor.setPeriod(CHECK_MILLIS);
        monitor.setLowResourcesIdleTimeout(SHORT_SILENCE_MILLIS);
        monitor.setMaxLowResourcesTime(CHECK_MILLIS); // those that came since then are looked at too
        monitor.addLowResourceCheck(new LowResourceMonitor.LowResourceCheck() {
            @Override
            public boolean isLowOnResources() {
                return open() > most - Math.max(1, most / RESERVE);
            }

            @Override
            public String getReason() {
                return toString();
            }

            @Override
            public String toString() {
                return "more than " + most + " connections";
            }
        });
        server.addBean(monitor);
    }

    /** {@return whether more connections are open than may be} */
    public boolean isExceeded() {
        return open() > most;
    }

    /** {@return connections that are open} */
    public int open() {
        return connector.getConnectedEndPoints().size();
    }

    /** {@return how many there may be where nothing else is said: what the heap and the system's limit on files allow} */
    public static int usual(boolean secure) {
        long byHeap = Runtime.getRuntime().maxMemory() / (secure ? HEAP_EACH_SECURE : HEAP_EACH);
        long byFiles = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount() - OTHER_FILES - SPARE
                : Limits.USUAL_CONNECTIONS;
        return (int) Math.max(1, Math.min(Limits.USUAL_CONNECTIONS, Math.min(byHeap, byFiles)));
    }
}
