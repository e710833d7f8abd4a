package org.elasticvision.samples.serve.isolate;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.samples.serve.http.Limits;

/** Decodes the files that come on standard input, one after the other, until that ends. */
final class DecoderMain {
    private static final int BUFFER = 64 << 10;

    private DecoderMain() {}

    public static void main(String[] arguments) throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        outliveSignals(done);
        ProcessHandle.current().parent().ifPresent(DecoderMain::endWith);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, BUFFER));
                DataOutputStream out = new DataOutputStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER))) {
            System.setOut(System.err); // standard output is for answers alone
            answerAll(in, out);
        } finally {
            done.countDown();
        }
    }

    /** Also while a decoder hangs. */
    private static void endWith(ProcessHandle parent) {
        Future<?> unused = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
    }

    /** Ctrl-C is sent to this process too, while its parent still has requests to answer. */
    private static void outliveSignals(CountDownLatch done) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private static void answerAll(DataInputStream in, DataOutputStream out) throws IOException {
        for (DecoderMessages.Question next = DecoderMessages.read(in); next != null; next = DecoderMessages.read(in)) {
            try {
                DecoderMessages.write(
                        out,
                        ImageSource.of(next.encoded(), next.name(), Limits.PIXELS)
                                .decode(next.orientation()));
            } catch (ImageException e) {
                DecoderMessages.write(out, e);
            }
        }
    }
}
