package org.elasticvision.samples.serve.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection of which can be known, while a request on it is answered and nobody reads, whether the client has closed it. What is read to find
 * that out is kept for the next request.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {
    /** The rest of a TLS connection, or the beginning of the next request; one who sends more than this is there. */
    private static final int MOST_AHEAD = 4096;

    private final Executor executor;
    private byte[] ahead = {};

    WatchedEndPoint(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, Executor executor) {
        super(channel, selector, key, scheduler);
        this.executor = executor;
    }

    /** {@return whether the client has closed the connection, or it is broken} To be asked only where nobody else reads. */
    synchronized boolean hasEnded() {
        if (isInputShutdown() || !isOpen()) {
            return true;
        }
        ByteBuffer more = ByteBuffer.allocate(MOST_AHEAD - ahead.length);
        if (!more.hasRemaining()) {
            return false;
        }
        try {
            int count = getChannel().read(more);
            if (count > 0) {
                int before = ahead.length;
                ahead = Arrays.copyOf(ahead, before + count);
                more.flip().get(ahead, before, count);
            }
            return count < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public synchronized int fill(ByteBuffer buffer) throws IOException {
        if (ahead.length == 0) {
            return super.fill(buffer);
        }
        int count = BufferUtil.append(buffer, ByteBuffer.wrap(ahead));
        ahead = Arrays.copyOfRange(ahead, count, ahead.length);
        return count;
    }

    @Override
    protected void needsFillInterest() {
        if (hasAhead()) { // which no selector would tell of
            executor.execute(getFillInterest()::fillable);
        } else {
            super.needsFillInterest();
        }
    }

    private synchronized boolean hasAhead() {
        return ahead.length > 0;
    }
}
