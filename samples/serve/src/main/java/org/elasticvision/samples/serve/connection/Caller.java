package org.elasticvision.samples.serve.connection;

import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Whether the client of a request, whose body has been read, is there still. In HTTP/2 it says so when it gives a request up; in HTTP/1.1 it closes the
 * connection. One that closes only its own direction is taken to have gone, as Go's and nginx's servers take it.
 */
public final class Caller implements BooleanSupplier {
    private final WatchedEndPoint connection;
    private volatile boolean gone;

    private Caller(WatchedEndPoint connection) {
        this.connection = connection;
    }

    public static Caller of(Request request) {
        boolean alone = request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2;
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        Caller caller = new Caller(alone && raw(endPoint) instanceof WatchedEndPoint watched ? watched : null);
        request.addFailureListener(failure -> caller.gone = true);
        return caller;
    }

    /** {@return the connection below TLS} */
    private static EndPoint raw(EndPoint endPoint) {
        return endPoint instanceof EndPoint.Wrapper secure ? secure.unwrap() : endPoint;
    }

    @Override
    public boolean getAsBoolean() {
        return gone || (connection != null && connection.hasEnded());
    }
}
