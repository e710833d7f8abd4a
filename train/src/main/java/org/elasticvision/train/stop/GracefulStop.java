package org.elasticvision.train.stop;

import java.util.function.Consumer;
import org.elasticvision.train.torch.device.TorchShield;

/**
 * While it is open, Ctrl-C and SIGTERM ask the run to end after its current step, and Java ends when this is closed: the state is
 * saved by then. A second signal ends the process at once, and leaves the last checkpoint that was written.
 *
 * <pre>{@code
 * try (GracefulStop stop = new GracefulStop(System.err::println)) {
 *     TrainingResult result = Training.start(job, listener, stop.signal());
 * }
 * }</pre>
 *
 * <p>The exit code is that of the signal: 143 after SIGTERM, 130 after Ctrl-C. Open it in the thread that trains, and one at a time.
 */
public final class GracefulStop implements AutoCloseable {
    private final StopSignal signal = new StopSignal();
    private final Thread hook;
    private final TorchShield shield;

    /**
     * From here on signals are waited for.
     *
     * @param note is called, on another thread, when the run is going to stop
     * @throws org.elasticvision.runtime.base.ElasticVisionException if Java is ending already
     */
    public GracefulStop(Consumer<String> note) {
        shield = TorchShield.open();
        hook = new Thread(
                () -> {
                    signal.stop();
                    SecondSignal.endsAtOnce();
                    note.accept("stopping after this step…");
                },
                "elastic-stop");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) { // it ends since the line above
            signal.stop();
        }
    }

    /** {@return the signal that the run polls} */
    public StopSignal signal() {
        return signal;
    }

    /** The run is over; Java may end. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Java is ending already, which is what the hook was for.
        }
        shield.close();
    }
}
