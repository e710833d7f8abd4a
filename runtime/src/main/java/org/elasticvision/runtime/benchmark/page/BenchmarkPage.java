package org.elasticvision.runtime.benchmark.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.elasticvision.runtime.benchmark.BenchmarkReport;
import org.elasticvision.runtime.benchmark.BenchmarkResult;
import org.elasticvision.runtime.benchmark.Latencies;
import org.elasticvision.runtime.benchmark.Load;
import org.elasticvision.runtime.benchmark.Machine;
import org.elasticvision.runtime.benchmark.OperatorTime;
import org.elasticvision.runtime.benchmark.StageMedians;
import org.elasticvision.runtime.engine.NodeTime;
import org.elasticvision.runtime.io.HtmlText;

/** A report as one self-contained HTML page: it has no script and works offline. */
public final class BenchmarkPage {
    private static final String TEMPLATE = "benchmark.html";
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final int NODES = 25;

    private BenchmarkPage() {}

    /**
     * {@return the page's text, to be written in UTF-8}
     *
     * @param report what was measured
     */
    public static String of(BenchmarkReport report) {
        BenchmarkResult result = report.result();
        Map<String, String> texts = Map.of(
                "name", HtmlText.escape(report.file().getFileName().toString()),
                "subtitle", HtmlText.escape(subtitle(report)),
                "figures", figures(result),
                "histogram", HistogramChart.svg(result.latencies()),
                "stages", stages(result.stages()),
                "machine", machine(report),
                "profile",
                        report.nodes().isEmpty()
                                ? ""
                                : profile(report.nodes(), report.machine().library()));
        return PLACE.matcher(template()).replaceAll(place -> Matcher.quoteReplacement(texts.get(place.group(1))));
    }

    private static String subtitle(BenchmarkReport report) {
        Load load = report.load();
        return String.format(
                Locale.ROOT,
                "%s, %s, %s · %d %s · batch %d · %s",
                report.result().model().architecture(),
                report.result().model().precision(),
                report.result().model().task(),
                load.callers(),
                load.callers() == 1 ? "caller" : "callers",
                report.result().batch(),
                report.images());
    }

    private static String figures(BenchmarkResult result) {
        Latencies latencies = result.latencies();
        return figure(number(result.imagesPerSecond()), "images/s")
                + figure(number(latencies.p50()), "ms, half of the calls (p50)")
                + figure(number(latencies.p90()), "ms, 9 of 10 (p90)")
                + figure(number(latencies.p99()), "ms, 99 of 100 (p99)")
                + figure(number(latencies.max()), "ms, the slowest")
                + figure(number(result.coldStart().toMillis() / 1e3), "s from start to first answer")
                + figure(number(result.load().toNanos() / 1e6), "ms to open the model")
                + (result.peakBytes().isEmpty()
                        ? ""
                        : figure(number(result.peakBytes().getAsLong() / 1e6), "MB of memory at most"));
    }

    private static String figure(String value, String unit) {
        return "<div class=\"figure\"><b>" + value + "</b><span>" + HtmlText.escape(unit) + "</span></div>\n";
    }

    private static String stages(StageMedians stages) {
        double sum = stages.decode() + stages.preprocess() + stages.inference() + stages.postprocess();
        return stage("decode", stages.decode(), sum)
                + stage("preprocess", stages.preprocess(), sum)
                + stage("inference", stages.inference(), sum)
                + stage("postprocess", stages.postprocess(), sum);
    }

    private static String stage(String name, double milliseconds, double sum) {
        return bar("<td>" + name + "</td>", milliseconds, sum, sum);
    }

    /** A row of a table: the cells, the time, its share, and a bar as long as that is of the largest. */
    private static String bar(String cells, double milliseconds, double sum, double largest) {
        return String.format(
                Locale.ROOT,
                "<tr>%s<td class=\"n\">%.3f ms</td><td class=\"n\">%.1f %%</td>"
                        + "<td class=\"bar\"><i style=\"width:%.2f%%\"></i></td></tr>%n",
                cells,
                milliseconds,
                share(milliseconds, sum),
                share(milliseconds, largest));
    }

    private static double share(double part, double whole) {
        return whole > 0 ? 100 * part / whole : 0;
    }

    private static String profile(List<NodeTime> nodes, String library) {
        double sum = nodes.stream().mapToDouble(NodeTime::milliseconds).sum();
        List<OperatorTime> operators = OperatorTime.of(nodes);
        String byOperator = rows(
                operators,
                one -> bar(
                        "<td>" + HtmlText.escape(one.operator()) + "</td><td class=\"n\">" + one.nodes() + "×</td>",
                        one.milliseconds(),
                        sum,
                        operators.get(0).milliseconds()));
        String byNode = rows(
                nodes.subList(0, Math.min(NODES, nodes.size())),
                one -> bar(
                        "<td class=\"name\">" + HtmlText.escape(one.node()) + "</td><td>"
                                + HtmlText.escape(one.operator()) + "</td>",
                        one.milliseconds(),
                        sum,
                        nodes.get(0).milliseconds()));
        return "<section class=\"wide\"><h2>Operators</h2><table>" + byOperator + "</table></section>\n"
                + "<section class=\"wide\"><h2>The "
                + Math.min(NODES, nodes.size()) + " most expensive of " + nodes.size() + " nodes</h2><table>" + byNode
                + "</table><p>Measured with " + library
                + "'s profiler, which takes time itself.</p></section>";
    }

    private static <T> String rows(List<T> items, Function<T, String> row) {
        return items.stream().map(row).collect(Collectors.joining());
    }

    private static String machine(BenchmarkReport report) {
        Machine machine = report.machine();
        return fact("Processor", machine.processor() + ", " + machine.cores() + " cores")
                + fact(
                        "Run by",
                        report.engine().provider() + ", " + report.engine().effectiveThreads() + " thread(s) a call")
                + report.result()
                        .choice()
                        .map(choice -> fact("Chosen", choice.toString()))
                        .orElse("")
                + fact("System", machine.system())
                + fact("Java", machine.java())
                + fact(machine.library(), machine.libraryVersion())
                + fact("elastic", machine.tool())
                + fact(
                        "Measured",
                        String.format(
                                Locale.ROOT,
                                "%,d images in %.1f s, after %.1f s of warm-up",
                                report.result().images(),
                                report.result().seconds(),
                                report.load().warmup().toMillis() / 1e3));
    }

    private static String fact(String name, String value) {
        return "<tr><td>" + name + "</td><td>" + HtmlText.escape(value) + "</td></tr>\n";
    }

    /** With three digits that count. */
    static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    private static String template() {
        try (InputStream in = BenchmarkPage.class.getResourceAsStream(TEMPLATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
