package org.elasticvision.train.recipe;

import java.util.List;

/** How the learning rate falls over a training run. Immutable. */
public sealed interface Schedule {
    /**
     * {@return the factor to the initial learning rate}
     *
     * @param step update that is about to be made, from 0
     * @param stepsPerEpoch updates of an epoch
     * @param epochs of the whole run
     */
    double factor(long step, long stepsPerEpoch, int epochs);

    /**
     * {@return it in words, such as {@code a tenth at [25 %, 50 %] of the epochs}}
     *
     * @param epochs of the whole run
     */
    default String describe(int epochs) {
        return toString();
    }

    /**
     * A tenth from each of these parts of the run on: {@code 0.25, 0.5, 0.75} is every 30 of 120 epochs.
     *
     * @param milestones ascending, above 0 and below 1
     */
    record Steps(List<Double> milestones) implements Schedule {
        private static final double DECAY = 0.1;

        public Steps {
            milestones = List.copyOf(milestones);
            for (double milestone : milestones) {
                if (!(milestone > 0 && milestone < 1)) {
                    throw new IllegalArgumentException("milestone " + milestone + " must be between 0 and 1");
                }
            }
        }

        @Override
        public double factor(long step, long stepsPerEpoch, int epochs) {
            double progress = (double) step / (double) (stepsPerEpoch * epochs);
            long passed = milestones.stream()
                    .filter(milestone -> progress >= milestone)
                    .count();
            return Math.pow(DECAY, (double) passed);
        }

        @Override
        public String toString() {
            return "a tenth at " + milestones.stream().map(Percent::of).toList() + " of the epochs";
        }
    }

    /**
     * A tenth after each of these epochs, however many there are in all.
     *
     * @param epochs ascending, at least 1
     */
    record AfterEpochs(List<Integer> epochs) implements Schedule {
        public AfterEpochs {
            epochs = List.copyOf(epochs);
            int before = 0;
            for (int epoch : epochs) {
                if (epoch <= before) {
                    throw new IllegalArgumentException("epoch " + epoch + " must be above " + before);
                }
                before = epoch;
            }
        }

        @Override
        public double factor(long step, long stepsPerEpoch, int all) {
            return parts(all).factor(step, stepsPerEpoch, all);
        }

        @Override
        public String describe(int all) {
            return parts(all).toString();
        }

        private Steps parts(int all) {
            return new Steps(epochs.stream()
                    .filter(epoch -> epoch < all)
                    .map(epoch -> (double) epoch / all)
                    .toList());
        }
    }

    /**
     * To zero as {@code (1 - progress)^power}, step by step.
     *
     * @param power 0.9 as published for segmentation
     */
    record Polynomial(double power) implements Schedule {
        public Polynomial {
            if (!(power > 0)) {
                throw new IllegalArgumentException("power " + power + " must be above 0");
            }
        }

        @Override
        public double factor(long step, long stepsPerEpoch, int epochs) {
            return Math.pow(1 - (double) step / (double) (stepsPerEpoch * epochs), power);
        }

        @Override
        public String toString() {
            return "polynomial, power " + power;
        }
    }

    /** To zero along half a cosine, step by step (Loshchilov and Hutter, 2017). */
    record Cosine() implements Schedule {
        @Override
        public double factor(long step, long stepsPerEpoch, int epochs) {
            return (1 + Math.cos(Math.PI * (double) step / (double) (stepsPerEpoch * epochs))) / 2;
        }

        @Override
        public String toString() {
            return "cosine";
        }
    }
}
