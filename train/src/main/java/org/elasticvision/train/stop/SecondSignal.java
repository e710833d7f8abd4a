package org.elasticvision.train.stop;

import java.util.List;

/**
 * Java ignores signals while it is ending. Here the operating system gets them back: the next one kills the process. By
 * reflection, since the only class for it, {@code sun.misc.Signal}, is of a module that a small Java need not have.
 */
final class SecondSignal {
    private static final List<String> NAMES = List.of("INT", "TERM");

    private SecondSignal() {}

    static void endsAtOnce() {
        for (String name : NAMES) {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                signal.getMethod("handle", signal, handler)
                        .invoke(
                                null,
                                signal.getConstructor(String.class).newInstance(name),
                                handler.getField("SIG_DFL").get(null));
            } catch (ReflectiveOperationException e) {
                // Java was told to leave signals alone (-Xrs): then the operating system has them already. Or it has no
                // such class: then a second signal is ignored.
            }
        }
    }
}
