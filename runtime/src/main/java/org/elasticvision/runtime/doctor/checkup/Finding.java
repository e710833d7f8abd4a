package org.elasticvision.runtime.doctor.checkup;

import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link Checkup} found of one thing; each text is one line.
 *
 * @param name of the thing, such as {@code ONNX Runtime}; no two findings share one
 * @param health whether it works
 * @param version of the thing where it has one
 * @param detail what there is to know of it, or what is wrong
 * @param remedy what adds or mends it, so exact that it can be typed
 */
public record Finding(
        String name, Health health, Optional<String> version, Optional<String> detail, Optional<String> remedy) {

    public Finding {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a finding has no name");
        }
        Objects.requireNonNull(health, "health");
        version = version.map(Finding::oneLine);
        detail = detail.map(Finding::oneLine);
        remedy = remedy.map(Finding::oneLine);
    }

    /**
     * {@return that something is well}
     *
     * @param name what was checked
     */
    public static Finding ok(String name) {
        return new Finding(name, Health.OK, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * {@return that something is not there}
     *
     * @param name what was checked
     * @param detail why
     */
    public static Finding absent(String name, String detail) {
        return new Finding(name, Health.ABSENT, Optional.empty(), Optional.of(detail), Optional.empty());
    }

    /**
     * {@return that something is there and does not work}
     *
     * @param name what was checked
     * @param detail what is wrong
     */
    public static Finding broken(String name, String detail) {
        return new Finding(name, Health.BROKEN, Optional.empty(), Optional.of(detail), Optional.empty());
    }

    /**
     * {@return this with a version}
     *
     * @param text the version
     */
    public Finding withVersion(String text) {
        return new Finding(name, health, Optional.of(text), detail, remedy);
    }

    /**
     * {@return this with a detail}
     *
     * @param text the detail
     */
    public Finding withDetail(String text) {
        return new Finding(name, health, version, Optional.of(text), remedy);
    }

    /**
     * {@return this with a remedy}
     *
     * @param text what to do
     */
    public Finding withRemedy(String text) {
        return new Finding(name, health, version, detail, Optional.of(text));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
