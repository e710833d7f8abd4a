import java.util.Arrays;

/** How long replies took. */
record Latencies(double[] milliseconds) {
    Latencies {
        milliseconds = milliseconds.clone();
        Arrays.sort(milliseconds);
    }

    int count() {
        return milliseconds.length;
    }

    double percentile(double part) {
        return milliseconds.length == 0
                ? Double.NaN
                : milliseconds[(int) Math.min(milliseconds.length - 1, Math.ceil(part * milliseconds.length) - 1)];
    }
}
