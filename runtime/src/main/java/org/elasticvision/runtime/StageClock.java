package org.elasticvision.runtime;

/** Adds up the time of one call's stages; where nobody listens it does nothing. For one thread. */
class StageClock {
    private static final StageClock STOPPED = new StageClock();

    private StageClock() {}

    static StageClock startFor(StageListener listener) {
        return listener == StageListener.NONE ? STOPPED : new Running(listener);
    }

    /** What has passed since the last of these calls was spent on decoding. */
    void decoded() {}

    void preprocessed() {}

    void inferred() {}

    /** Ends the call, which was about so many images. */
    void answered(int images) {}

    private static final class Running extends StageClock {
        private final StageListener listener;
        private long last = System.nanoTime();
        private long decode;
        private long preprocess;
        private long inference;

        Running(StageListener listener) {
            this.listener = listener;
        }

        private long lap() {
            long start = last;
            last = System.nanoTime();
            return last - start;
        }

        @Override
        void decoded() {
            decode += lap();
        }

        @Override
        void preprocessed() {
            preprocess += lap();
        }

        @Override
        void inferred() {
            inference += lap();
        }

        @Override
        void answered(int images) {
            listener.finished(new StageTimes(images, decode, preprocess, inference, lap()));
        }
    }
}
