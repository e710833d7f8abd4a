package org.elasticvision.runtime.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.benchmark.BenchmarkReport;
import org.elasticvision.runtime.benchmark.BenchmarkResult;
import org.elasticvision.runtime.benchmark.Latencies;
import org.elasticvision.runtime.benchmark.OperatorTime;
import org.elasticvision.runtime.benchmark.StageMedians;
import org.elasticvision.runtime.engine.NodeTime;

/** A benchmark's report for the terminal. */
public final class BenchmarkText {
    private static final int NODES = 15;
    private static final int NAME_WIDTH = 48;

    private final List<String> lines = new ArrayList<>();

    private BenchmarkText() {}

    public static List<String> of(BenchmarkReport report) {
        BenchmarkText text = new BenchmarkText();
        text.setting(report);
        text.result(report.result());
        if (!report.nodes().isEmpty()) {
            text.operators(report.nodes());
            text.nodes(report.nodes());
        }
        return text.lines;
    }

    private void setting(BenchmarkReport report) {
        BenchmarkResult result = report.result();
        add(
                "Model        %s (%s, %s)",
                report.file(), result.model().architecture(), result.model().precision());
        add(
                "Asked        by %d at a time, %d thread(s) a call, %s, batch %d, about %s",
                report.load().callers(),
                report.engine().effectiveThreads(),
                report.engine().provider(),
                result.batch(),
                report.images());
        result.choice().ifPresent(choice -> add("Chosen       %s", choice));
        result.observation().ifPresent(seen -> add("Computes     in %s", seen));
        add(
                "Machine      %s, %d cores; %s",
                report.machine().processor(),
                report.machine().cores(),
                report.machine().java());
    }

    private void result(BenchmarkResult result) {
        Latencies latencies = result.latencies();
        add("");
        add("Throughput   %.2f images/s (%d in %.1f s)", result.imagesPerSecond(), result.images(), result.seconds());
        add(
                "Latency      p50 %.2f  p90 %.2f  p99 %.2f  max %.2f ms",
                latencies.p50(), latencies.p90(), latencies.p99(), latencies.max());
        StageMedians stages = result.stages();
        add(
                "Stages       decode %.2f  preprocess %.2f  inference %.2f  postprocess %.2f ms (medians)",
                stages.decode(), stages.preprocess(), stages.inference(), stages.postprocess());
        add(
                "Start        %.2f s from the start of %s to the first answer; here %.0f ms to open the model, %.0f ms to the"
                        + " first answer",
                result.coldStart().toMillis() / 1e3,
                result.ofCommand() ? "'elastic predict'" : "this process",
                result.load().toNanos() / 1e6,
                result.firstAnswer().toNanos() / 1e6);
        result.peakBytes().ifPresent(bytes -> add("Memory       %.0f MB at most (resident)", bytes / 1e6));
    }

    private void operators(List<NodeTime> nodes) {
        double sum = nodes.stream().mapToDouble(NodeTime::milliseconds).sum();
        add("");
        add("%-24s %5s %10s %7s", "Operator", "nodes", "ms", "share");
        for (OperatorTime one : OperatorTime.of(nodes)) {
            add(
                    "%-24s %5d %10.3f %6.1f%%",
                    one.operator(), one.nodes(), one.milliseconds(), share(one.milliseconds(), sum));
        }
    }

    private void nodes(List<NodeTime> nodes) {
        double sum = nodes.stream().mapToDouble(NodeTime::milliseconds).sum();
        add("");
        add("%-" + NAME_WIDTH + "s %-20s %10s %7s", "Node", "operator", "ms", "share");
        for (NodeTime node : nodes.subList(0, Math.min(NODES, nodes.size()))) {
            add(
                    "%-" + NAME_WIDTH + "s %-20s %10.3f %6.1f%%",
                    shortened(node.node()),
                    node.operator(),
                    node.milliseconds(),
                    share(node.milliseconds(), sum));
        }
        if (nodes.size() > NODES) {
            add("and %d nodes more", nodes.size() - NODES);
        }
    }

    /** The end of a long name tells more than its beginning. */
    private static String shortened(String name) {
        return name.length() <= NAME_WIDTH ? name : "..." + name.substring(name.length() - NAME_WIDTH + 3);
    }

    private static double share(double part, double sum) {
        return sum > 0 ? 100 * part / sum : 0;
    }

    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}
