package org.elasticvision.runtime.doctor.checkup;

import java.util.Locale;

/** How something was found. */
public enum Health {
    /** It is there and works. */
    OK("ok"),
    /** It is not there, and much works without it. */
    ABSENT("-"),
    /** It is there and does not work, or is missing though nothing works without it. */
    BROKEN("!");

    private final String sign;

    Health(String sign) {
        this.sign = sign;
    }

    /** {@return a short human-readable sign} */
    public String sign() {
        return sign;
    }

    /** {@return the machine-readable word: {@code ok}, {@code absent} or {@code broken}} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the one whose {@link #id()} this is}
     *
     * @param id the word for programs
     */
    public static Health of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
