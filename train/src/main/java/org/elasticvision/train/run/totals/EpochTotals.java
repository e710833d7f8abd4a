package org.elasticvision.train.run.totals;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticvision.train.progress.EpochFigures;
import org.elasticvision.train.settings.SavedValues;

/** Sums over an epoch's batches, which a checkpoint in the middle of the epoch keeps. */
public final class EpochTotals {
    private double lossSum;
    private long wrong;
    private long total;
    private long images;
    private long nanos;
    private long waitedNanos;

    public void add(UpdateOutcome update) {
        lossSum += update.lossSum();
        wrong += update.wrong();
        total += update.total();
        images += update.images();
    }

    public void addTime(long moreNanos, long moreWaitedNanos) {
        nanos += moreNanos;
        waitedNanos += moreWaitedNanos;
    }

    public long images() {
        return images;
    }

    public EpochFigures figures() {
        double seconds = nanos / 1e9;
        return new EpochFigures(
                images == 0 ? 0 : lossSum / images,
                total == 0 ? 0 : 100.0 * wrong / total,
                nanos == 0 ? 0 : images / seconds,
                Duration.ofNanos(nanos),
                Duration.ofNanos(waitedNanos));
    }

    public Map<String, Object> toValues() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("loss_sum", lossSum);
        values.put("wrong", wrong);
        values.put("total", total);
        values.put("images", images);
        values.put("nanos", nanos);
        values.put("waited_nanos", waitedNanos);
        return values;
    }

    public static EpochTotals of(SavedValues values) {
        EpochTotals totals = new EpochTotals();
        totals.lossSum = values.real("loss_sum");
        totals.wrong = values.integer("wrong");
        totals.total = values.integer("total");
        totals.images = values.integer("images");
        totals.nanos = values.integer("nanos");
        totals.waitedNanos = values.integer("waited_nanos");
        return totals;
    }
}
