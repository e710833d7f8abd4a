package org.elasticvision.train.run;

import java.util.List;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Java ignores signals while it is ending. Here the operating system gets them back: the next one kills the process. */
final class SecondSignal {
    private static final List<String> NAMES = List.of("INT", "TERM");

    private SecondSignal() {}

    static void endsAtOnce() {
        for (String name : NAMES) {
            try {
                Signal.handle(new Signal(name), SignalHandler.SIG_DFL);
            } catch (IllegalArgumentException e) {
                // Java was told to leave signals alone (-Xrs): then the operating system has them already.
            }
        }
    }
}
