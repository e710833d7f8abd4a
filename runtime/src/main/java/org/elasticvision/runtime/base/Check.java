package org.elasticvision.runtime.base;

import java.time.Duration;

/** What options check of their numbers. The messages name the field, its value and what is allowed. */
public final class Check {
    private Check() {}

    /**
     * Makes sure that a number is in a range.
     *
     * @param name of the field
     * @param value the value
     * @param least allowed
     * @param most allowed
     * @throws IllegalArgumentException such as {@code lanes 0 must be between 1 and 1024}
     */
    public static void between(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " must be between " + least + " and " + most);
        }
    }

    /**
     * Makes sure that a part of something is one.
     *
     * @param name of the field
     * @param value the value
     * @throws IllegalArgumentException such as {@code alpha 1.5 must be between 0 and 1}
     */
    public static void isPart(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " " + value + " must be between 0 and 1");
        }
    }

    /**
     * Makes sure that a number is large enough.
     *
     * @param name of the field
     * @param value the value
     * @param least allowed
     * @throws IllegalArgumentException such as {@code batch 0 must be at least 1}
     */
    public static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + " must be at least " + least);
        }
    }

    /**
     * Makes sure that a time is in a range.
     *
     * @param name of the field
     * @param value the value
     * @param least allowed
     * @param most allowed
     * @throws IllegalArgumentException such as {@code timeout 0 s must be between 1 ms and 1 h}
     */
    public static void between(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    name + " " + text(value) + " must be between " + text(least) + " and " + text(most));
        }
    }

    private static String text(Duration time) {
        if (time.toMillis() % 1000 != 0) {
            return time.toMillis() + " ms";
        }
        return time.toSeconds() % 3600 == 0 && !time.isZero() ? time.toHours() + " h" : time.toSeconds() + " s";
    }
}
