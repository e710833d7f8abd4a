package org.elasticvision.samples.serve.body;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.elasticvision.samples.serve.http.Deadline;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.RequestRefused;

/** A body that is kept. Its memory grows with what has come, not with what the client says is to come. */
final class Upload extends Incoming {
    private static final int FIRST = 64 << 10;

    private final Request request;
    private final BodyForm form;
    private final Limits limits;
    private final BodyMemory memory;
    private final Deadline deadline;
    private final BodyReader.Receiver receiver;
    private final long start = System.nanoTime();
    private byte[] bytes = {};
    private int count;
    private long held;

    Upload(
            Request request,
            BodyForm form,
            Limits limits,
            BodyMemory memory,
            Deadline deadline,
            BodyReader.Receiver receiver) {
        super(request, deadline);
        this.request = request;
        this.form = form;
        this.limits = limits;
        this.memory = memory;
        this.deadline = deadline;
        this.receiver = receiver;
    }

    @Override
    void take(ByteBuffer next) {
        int more = next.remaining();
        if (more > limits.bodyBytes() - count) {
            throw RequestBody.tooLarge(form, limits);
        }
        if (more > bytes.length - count) {
            grow(count + more);
        }
        next.get(bytes, count, more);
        count += more;
    }

    private void grow(int least) {
        long announced = request.getLength() < 0 ? limits.bodyBytes() : Math.max(least, request.getLength());
        int length = (int) Math.min(announced, Math.max(2L * least, FIRST));
        memory.take(length - bytes.length);
        held += length - bytes.length;
        bytes = Arrays.copyOf(bytes, length);
    }

    @Override
    void ended(Throwable failure) {
        Body body;
        try {
            body = new Body(whole(failure), System.nanoTime() - start, deadline);
        } catch (RequestRefused e) {
            memory.release(held);
            receiver.refused(e);
            return;
        }
        receiver.whole(body, () -> memory.release(held));
    }

    private byte[] whole(Throwable failure) {
        if (failure != null) {
            throw refusal(failure);
        }
        byte[] sent = count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
        if (!RequestBody.isCompressed(request)) {
            return RequestBody.notEmpty(sent, form);
        }
        memory.take(limits.bodyBytes());
        held += limits.bodyBytes();
        return RequestBody.notEmpty(RequestBody.unpacked(sent, form, limits), form);
    }

    private RequestRefused refusal(Throwable failure) {
        if (failure instanceof RequestRefused refused) {
            return refused;
        }
        boolean slow = failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException;
        return slow ? RequestBody.tooSlow(form, limits) : RequestBody.endedEarly(form);
    }
}
