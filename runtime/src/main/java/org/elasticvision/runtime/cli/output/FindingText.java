package org.elasticvision.runtime.cli.output;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.elasticvision.runtime.doctor.checkup.Finding;

/** Human-readable findings: a line for each, of aligned columns, and below the remark what to do. */
public final class FindingText {
    private static final String GAP = "  ";
    private static final int SIGNS = 2;

    private FindingText() {}

    public static List<String> of(List<Finding> findings) {
        int names = widest(findings, Finding::name);
        int versions = widest(findings, finding -> finding.version().orElse(""));
        String margin = " ".repeat(names + SIGNS + versions + 3 * GAP.length());
        Map<String, String> remedies = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            String line = padded(finding.name(), names)
                    + padded(finding.health().sign(), SIGNS)
                    + padded(finding.version().orElse(""), versions)
                    + finding.detail().orElse("");
            lines.add(line.stripTrailing());
            if (finding.remedy().isPresent()) {
                String earlier = remedies.putIfAbsent(finding.remedy().get(), finding.name());
                lines.add(margin + "-> " + (earlier == null ? finding.remedy().get() : "as for " + earlier));
            }
        }
        return lines;
    }

    private static int widest(List<Finding> findings, Function<Finding, String> column) {
        return findings.stream().map(column).mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length()) + GAP;
    }
}
