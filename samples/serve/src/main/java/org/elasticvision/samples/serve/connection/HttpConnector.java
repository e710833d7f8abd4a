package org.elasticvision.samples.serve.connection;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Listens, with connections of which {@link Caller} can ask whether the client has gone. */
public final class HttpConnector extends ServerConnector {
    /** More than arrive at a time while the acceptor is kept from the processor; the system has its own limit. */
    private static final int BACKLOG = 1024;

    public HttpConnector(Server server, ConnectionFactory... protocols) {
        super(server, 1, 1, protocols);
        setAcceptQueueSize(BACKLOG);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new WatchedEndPoint(channel, selector, key, getScheduler(), getExecutor());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }
}
