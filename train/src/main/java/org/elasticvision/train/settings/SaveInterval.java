package org.elasticvision.train.settings;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a checkpoint is written inside an epoch: after so many updates, or after so much time.
 *
 * @param steps 0 where it goes by time
 * @param time zero where it goes by updates
 */
public record SaveInterval(long steps, Duration time) {
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})(s|m|h|steps?)");
    private static final Map<String, Duration> UNITS =
            Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));

    public SaveInterval {
        if (steps < 0 || time.isNegative() || (steps == 0) == time.isZero()) {
            throw new IllegalArgumentException(
                    "a save interval is a number of steps or a time, not " + steps + " steps and " + time);
        }
    }

    /**
     * Reads a text.
     *
     * @param text such as {@code 500steps}, {@code 30s}, {@code 10m} or {@code 2h}
     * @return the interval
     * @throws IllegalArgumentException for any other text
     */
    public static SaveInterval of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a time such as 30s, 10m or 2h nor a number of updates such as 500steps");
        }
        long count = Long.parseLong(matcher.group(1));
        Duration unit = UNITS.get(matcher.group(2));
        return unit == null ? new SaveInterval(count, Duration.ZERO) : new SaveInterval(0, unit.multipliedBy(count));
    }

    /**
     * {@return whether it is time to save}
     *
     * @param stepsSince updates since the last checkpoint
     * @param timeSince time since then
     */
    public boolean isOver(long stepsSince, Duration timeSince) {
        return steps > 0 ? stepsSince >= steps : timeSince.compareTo(time) >= 0;
    }

    /** {@return what {@link #of} reads} */
    @Override
    public String toString() {
        return steps > 0 ? steps + "steps" : time.toSeconds() + "s";
    }
}
